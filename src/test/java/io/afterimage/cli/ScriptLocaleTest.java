package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names outside ASCII under the locales of cron, systemd and containers. */
class ScriptLocaleTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"C,''", "POSIX,C", "'',POSIX", "en_US.UTF-8,C"})
  void videoNamedWithUmlaut_isFound(String lang, String all) throws Exception {
    Files.writeString(directory.resolve("Tür am Straßenrand.mp4"), "");
    Script.Result result =
        new Script("jobs/local.sh")
            .with("LANG", lang)
            .with("LC_ALL", all)
            .from(directory)
            // The same camera twice is refused, but only when its file was found.
            .run(
                "--video",
                "a=Tür am Straßenrand.mp4",
                "--video",
                "a=Tür am Straßenrand.mp4",
                "--output",
                "läuft");
    assertThat(result.err())
        .contains("the name a is given twice")
        .doesNotContain("Malformed", "?", "no such file");
    assertThat(result.code()).isEqualTo(2);
  }
}
