package io.afterimage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandsTest {
  private final StringWriter shown = new StringWriter();

  @Test
  void whileItRuns_atTheProject_namesBrokerFilesAndFrame() {
    show("/src/my project", "/src/my project", "/src/my project/target/local");
    assertThat(lines())
        .contains(
            "  jobs/search.sh --bootstrap-servers 127.0.0.1:4711 --index target/local/index --camera 'tür 1'"
                + " --at 2025-01-01T00:00:01Z --sheet target/local/search.png",
            "  jobs/search.sh --bootstrap-servers 127.0.0.1:4711 --index target/local/index --like"
                + " target/local/example.jpg --snapshots target/local/snapshots --sheet target/local/search.png",
            "  jobs/page.sh --bootstrap-servers 127.0.0.1:4711 --port 0",
            "  jobs/model.sh show target/local/snapshots");
  }

  @Test
  void whileItRuns_elsewhere_namesWholePaths() {
    show("/src/my project", "/home/me", "/home/me/run");
    assertThat(lines()).contains("  '/src/my project/jobs/model.sh' show run/snapshots");
  }

  @Test
  void afterwards_withAState_showsHowToGoOn() {
    commands("/src", "/src", "/src/target/local").afterwards(new PrintWriter(shown), true);
    assertThat(lines())
        .contains(
            "  jobs/model.sh export target/local/snapshots --format onnx --output target/local/encoder.onnx",
            "  jobs/local.sh --resume --output target/local --cameras-file 'my cameras.txt'");
  }

  @Test
  void afterwards_withoutAState_doesNot() {
    commands("/src", "/src", "/src/target/local").afterwards(new PrintWriter(shown), false);
    assertThat(shown.toString()).doesNotContain("--resume");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          plain-1.jpg | plain-1.jpg
          two words   | 'two words'
          it's        | 'it'\\''s'
          $HOME       | '$HOME'
          größe       | größe
          """)
  void quoted_isReadBackByAShell(String word, String expected) throws Exception {
    assertThat(RunCommands.quoted(word)).isEqualTo(expected);
    Process shell =
        new ProcessBuilder("bash", "-c", "printf %s " + RunCommands.quoted(word)).start();
    assertThat(shell.getInputStream().readAllBytes()).isEqualTo(word.getBytes("UTF-8"));
  }

  private void show(String project, String here, String output) {
    commands(project, here, output)
        .whileItRuns(
            new PrintWriter(shown), "127.0.0.1:4711", new ExampleFrame("tür 1", 1735689601000L));
  }

  private static RunCommands commands(String project, String here, String output) {
    return new RunCommands(
        Path.of(project),
        Path.of(here),
        new RunDirectory(Path.of(output)),
        List.of("--cameras-file", "my cameras.txt"));
  }

  private List<String> lines() {
    return shown.toString().lines().toList();
  }
}
