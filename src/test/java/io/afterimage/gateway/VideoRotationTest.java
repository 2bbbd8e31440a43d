package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.CapturedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Videos that lie on their side: the quarters of a picture (red, green / blue, white) have to be
 * where {@code ffmpeg -i FILE} puts them.
 */
class VideoRotationTest {
  private static final int ONE = 1 << 16;
  private static final int TYPE_BYTES = 4;
  private static final int MATRIX_AFTER_TYPE = 40;

  @TempDir private Path directory;

  /** A display matrix (a, b / c, d), and the quarters row by row. */
  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "1, 0, 0, 1, RGBW", // upright
    "0, 1, -1, 0, BRWG", // 90 degrees
    "-1, 0, 0, -1, WBGR", // 180
    "0, -1, 1, 0, GWRB", // 270
    "-1, 0, 0, 1, GRWB", // flipped left to right
    "1, 0, 0, -1, BWRG", // flipped upside down
    "0, 1, 1, 0, RBGW", // 90, then flipped left to right
    "0, -1, -1, 0, WGBR", // 270, then flipped left to right
    "0, 0, 0, 0, RGBW", // says nothing
  })
  void next_displayMatrix_isTurned(int a, int b, int c, int d, String quarters) throws Exception {
    Path file = withMatrix(a, b, c, d);
    try (VideoSource source = VideoFiles.source(file, Map.of())) {
      List<CapturedImage> images = VideoFiles.readAll(source);
      assertThat(images).hasSize(VideoFiles.PICTURES);
      for (CapturedImage image : images) {
        assertThat(quarters(image)).isEqualTo(quarters);
        assertThat(image.width()).isEqualTo(b == 0 ? 64 : 48);
        assertThat(image.height()).isEqualTo(b == 0 ? 48 : 64);
      }
    }
  }

  @Test
  void next_turnedAndWide_isScaledToTheUprightWidth() throws Exception {
    Path file = withMatrix(0, 1, -1, 0);
    VideoSettings settings =
        new VideoSettings(5, 24, false, VideoFiles.START, VideoFiles.TIMEOUT, Map.of());
    try (VideoSource source = new VideoSource("camera", file.toString(), settings)) {
      source.open();
      CapturedImage image = source.next();
      assertThat(image).isNotNull();
      assertThat(image.width()).isEqualTo(24);
      assertThat(image.height()).isEqualTo(32);
      assertThat(quarters(image)).isEqualTo("BRWG");
    }
  }

  /** The orientation as a message of H.264 and as EXIF of a JPEG. */
  @ParameterizedTest
  @CsvSource({"rotated.h264, BRWG", "flipped.h264, GRWB", "exif.mjpeg, BRWG"})
  void next_orientationInTheStream_isTurned(String name, String quarters) throws Exception {
    Path file = Files.write(directory.resolve(name), VideoFiles.bytes(name));
    try (VideoSource source = VideoFiles.source(file, Map.of())) {
      assertThat(VideoFiles.readAll(source)).isNotEmpty();
      assertThat(VideoFiles.readAll(source))
          .allSatisfy(image -> assertThat(quarters(image)).isEqualTo(quarters));
    }
  }

  private Path withMatrix(int a, int b, int c, int d) throws Exception {
    byte[] bytes = VideoFiles.bytes("quarters.mp4");
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int matrix = text.indexOf("tkhd") + TYPE_BYTES + MATRIX_AFTER_TYPE;
    ByteBuffer.wrap(bytes)
        .putInt(matrix, a * ONE)
        .putInt(matrix + 4, b * ONE)
        .putInt(matrix + 12, c * ONE)
        .putInt(matrix + 16, d * ONE);
    return Files.write(directory.resolve("turned.mp4"), bytes);
  }

  private static String quarters(CapturedImage image) {
    int right = 3 * image.width() / 4;
    int below = 3 * image.height() / 4;
    int left = image.width() / 4;
    int above = image.height() / 4;
    return color(image, left, above)
        + color(image, right, above)
        + color(image, left, below)
        + color(image, right, below);
  }

  private static String color(CapturedImage image, int x, int y) {
    int[] rgb = VideoFiles.pixel(image, x, y);
    boolean red = rgb[0] > 128;
    boolean green = rgb[1] > 128;
    boolean blue = rgb[2] > 128;
    return red && green && blue ? "W" : red ? "R" : green ? "G" : blue ? "B" : "-";
  }
}
