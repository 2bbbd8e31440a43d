package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script as a person runs it. */
@Timeout(120)
class PageScriptITCase {
  @TempDir Path directory;

  @Test
  void wrongPort_isNamedWithoutAStackTrace() throws Exception {
    Path err = directory.resolve("err");
    Process page = start(err, "--port", "99999");
    assertThat(page.waitFor()).isEqualTo(2);
    assertThat(Files.readAllLines(err))
        .containsExactly(
            "--port must be from 0 to 65535, but was 99999", "page.sh --help lists the options");
  }

  @Test
  void noBroker_isSaidInOneLine_andTriedAgain() throws Exception {
    Path err = directory.resolve("err");
    Process page = start(err, "--port", "0", "--bootstrap-servers", "127.0.0.1:1");
    try {
      List<String> said = new ArrayList<>();
      BufferedReader out = page.inputReader();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        if (line.startsWith("No broker")) {
          break;
        }
      }
      assertThat(said).last().isEqualTo("No broker answers at 127.0.0.1:1, trying again");
      assertThat(page.isAlive()).isTrue();
      assertThat(err).isEmptyFile();
    } finally {
      page.destroy();
      page.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private static Process start(Path err, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("jobs/page.sh"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(err.toFile()).start();
  }
}
