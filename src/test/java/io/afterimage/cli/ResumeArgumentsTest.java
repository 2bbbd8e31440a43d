package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeArgumentsTest {
  @TempDir private Path directory;

  @Test
  void of_camerasAndOptions_keepsThem() throws Exception {
    String video = Files.createFile(directory.resolve("a b.avi")).toString();
    assertThat(
            ResumeArguments.of(
                List.of(
                    "--overwrite",
                    "--cameras-file",
                    "my cameras.txt",
                    "--output",
                    "runs/a",
                    "--video=yard=" + video,
                    "--video",
                    video,
                    "-Dencoder.width=8")))
        .containsExactly(
            "--cameras-file",
            "my cameras.txt",
            "--video",
            "yard=" + video,
            "--video",
            video,
            "-Dencoder.width=8");
    assertThat(ResumeArguments.of(List.of("--resume", "--output=runs/a"))).isEmpty();
  }

  @Test
  void of_urlOfACamera_isNotShown() {
    assertThat(
            ResumeArguments.of(
                List.of(
                    "--video=gate=rtsp://me:secret@cam/1", "--video", "http://cam/?pwd=secret")))
        .containsExactly("--video", "URL", "--video", "URL");
  }
}
