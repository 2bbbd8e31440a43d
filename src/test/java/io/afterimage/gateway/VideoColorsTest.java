package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.frame.CapturedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos of one color, coded in all ways: left (180, 30, 30), right (16, 16, 16). */
class VideoColorsTest {
  private static final int LEVELS = 3;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bt709.mp4",
        "bt709-full.mp4",
        "bt709-10bit.mp4",
        "bt601-full.mp4",
        "bt2020.mp4",
        "yuv444.mp4",
        "untagged-sd.mp4",
        "untagged-hd.mp4",
        "untagged-upright-hd.mp4",
        "jpeg.avi",
        "gbr.mp4",
        "rgb24.avi",
        "rgba.avi",
        "rgb-raw.avi"
      })
  void next_color_comesOutAsItWentIn(String name) throws Exception {
    assertColors(name, 4_000, 180, 30, 30);
    assertColors(name, 8, 180, 30, 30);
  }

  @ParameterizedTest
  @CsvSource({"gray-tv.mkv", "gray-pc.mkv", "gray.avi"})
  void next_gray_comesOutAsItWentIn(String name) throws Exception {
    assertColors(name, 4_000, 120, 120, 120);
    assertColors(name, 8, 120, 120, 120);
  }

  private void assertColors(String name, int maxWidth, int... leftRgb) throws Exception {
    Path file = Files.write(directory.resolve(name), VideoFiles.bytes(name));
    VideoSettings settings =
        new VideoSettings(5, maxWidth, false, VideoFiles.START, VideoFiles.TIMEOUT, Map.of());
    try (VideoSource source = new VideoSource("camera", file.toString(), settings)) {
      source.open();
      CapturedImage image = source.next();
      assertThat(image).isNotNull();
      int middle = image.height() / 2;
      int[] left = VideoFiles.pixel(image, 1, middle);
      int[] right = VideoFiles.pixel(image, image.width() - 2, middle);
      for (int i = 0; i < 3; i++) {
        assertThat(left[i]).as("left").isCloseTo(leftRgb[i], within(LEVELS));
        assertThat(right[i]).as("right").isCloseTo(16, within(LEVELS));
      }
    }
  }
}
