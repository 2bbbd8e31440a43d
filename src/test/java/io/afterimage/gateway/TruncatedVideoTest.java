package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.SourceFaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos whose last part is missing. */
class TruncatedVideoTest {
  @TempDir private Path directory;

  /** A video cut to so many percent of its bytes. */
  @ParameterizedTest(name = "{0} cut to {1} %")
  @CsvSource({
    "quarters.mp4, 90",
    "quarters.mp4, 80",
    "quarters.mkv, 90",
    "quarters.mkv, 75",
    "quarters.ts, 70",
    "quarters.ts, 51",
    "quarters.avi, 90",
    "quarters.avi, 85",
  })
  void next_truncated_givesWhatIsThereAndSaysSo(String name, int percent) throws Exception {
    Path file = truncated(name, percent);
    try (VideoSource source = VideoFiles.source(file, Map.of())) {
      List<CapturedImage> images = VideoFiles.readAll(source);
      assertThat(images).hasSizeBetween(3, VideoFiles.PICTURES - 1);
      assertThat(VideoFiles.steps(VideoFiles.PICTURES, 100))
          .containsSubsequence(VideoFiles.times(images));
      assertThat(source.faults()).isEqualTo(new SourceFaults(0, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quarters.mp4", "moov-last.mp4", "quarters.mkv", "quarters.ts", "quarters.avi",
        "quarters.mpg", "quarters.h264", "quarters.mjpeg", "gray.avi", "bt709.mp4"
      })
  void next_whole_isNotCutShort(String name) throws Exception {
    Path file = Files.write(directory.resolve(name), VideoFiles.bytes(name));
    try (VideoSource source = VideoFiles.source(file, Map.of())) {
      assertThat(VideoFiles.readAll(source)).isNotEmpty();
      assertThat(source.faults()).isEqualTo(SourceFaults.NONE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 60, 90})
  void open_indexCutAway_saysSo(int percent) throws Exception {
    Path file = truncated("moov-last.mp4", percent);
    try (VideoSource source = VideoFiles.source(file, Map.of())) {
      assertThatThrownBy(source::open)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("cannot open %s: it is an MP4 without its index, cut short", file);
    }
  }

  @Test
  void next_noPictureLeft_saysSo() throws Exception {
    byte[] bytes = VideoFiles.bytes("quarters.mp4");
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    Path file = directory.resolve("empty.mp4");
    Files.write(file, Arrays.copyOf(bytes, text.indexOf("mdat") + 4));
    try (VideoSource source = VideoFiles.source(file, Map.of())) {
      assertThatThrownBy(() -> VideoFiles.readAll(source))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("cannot read %s: it has no pictures", file);
    }
  }

  private Path truncated(String name, int percent) throws Exception {
    byte[] bytes = VideoFiles.bytes(name);
    return Files.write(directory.resolve(name), Arrays.copyOf(bytes, bytes.length * percent / 100));
  }
}
