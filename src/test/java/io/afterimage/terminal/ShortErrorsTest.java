package io.afterimage.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ShortErrorsTest {
  @Command
  private static final class Script implements Runnable {
    @Option(names = "--camera")
    private List<String> cameras = new ArrayList<>();

    @Option(names = "--fps")
    private double fps;

    @Option(names = "--property")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Override
    public void run() {}
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      --fps=abc                             | Invalid value for option '--fps': 'abc' is not a double
      --fps=rtsp://me:secret@cam/           | Invalid value for option '--fps': '(not shown)' is not a double
      --fps rtsp://me:secret@cam/           | Invalid value for option '--fps': '(not shown)' is not a double
      --camra=rtsp://me:secret@cam/         | --camra: there is no such option
      --camra rtsp://me:secret@cam/         | --camra: there is no such option
      --camera rtsp://me:my secret@cam/     | an argument belongs to no option, and is not shown because it may be part of a login: values that hold spaces must be quoted
      rtsp://me:secret@cam/                 | an argument belongs to no option, and is not shown because it may be part of a login: values that hold spaces must be quoted
      --property secret                     | Value for option option '--property' (<String=String>) should be in KEY=VALUE format but was (not shown)
      --property=secret                     | Value for option option '--property' (<String=String>) should be in KEY=VALUE format but was (not shown)
      --camera                              | Missing required parameter for option '--camera' (<cameras>)
      """)
  void wrongCommandLine_saysWhyWithoutALogin(String arguments, String message) {
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new Script())
            .setParameterExceptionHandler(new ShortErrors("script.sh"))
            .setErr(new PrintWriter(err, true))
            .execute(arguments.split(" "));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(message, "script.sh --help lists the options");
  }
}
