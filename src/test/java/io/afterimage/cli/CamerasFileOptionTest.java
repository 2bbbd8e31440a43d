package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CamerasFileOptionTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      a=rtsp://me:S3cret@cam/1 | a=http://cam/x?pwd=S3cret | line 2: a=http://cam/x: the name a is given twice
      # a                      | none.avi                  | line 2: none.avi: there is no readable file none.avi
      rtsp://me:${NO_SUCH}@cam | rtsp://cam/1              | line 1: the environment variable NO_SUCH is not set
      # rtsp://me:S3cret@cam/1 | #                         | : there is no camera in it
      """)
  void wrongFile_isNamedWithItsLineByGatewayAndLocalRun(String first, String second, String error)
      throws Exception {
    Path file = Files.write(directory.resolve("cameras.txt"), List.of(first, second));
    String output = directory.resolve("run").toString();
    for (CommandLine command : List.of(GatewayMain.commandLine(), LocalRun.commandLine())) {
      List<String> arguments = new ArrayList<>(List.of("--cameras-file", file.toString()));
      if (command.getCommand() instanceof LocalRun) {
        arguments.addAll(List.of("--output", output));
      }
      StringWriter err = new StringWriter();
      int exitCode =
          command.setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
      assertThat(exitCode).isEqualTo(2);
      assertThat(err.toString())
          .startsWith("--cameras-file %s".formatted(file))
          .contains(error)
          .doesNotContain("S3cret");
    }
  }
}
