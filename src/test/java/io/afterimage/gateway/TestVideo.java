package io.afterimage.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A small video (YUV4MPEG2), made on the spot: picture i is plain gray of value {@link #gray}. */
final class TestVideo {
  private static final int NO_COLOR = 128;

  private TestVideo() {}

  static int gray(int index) {
    return 20 + 8 * index;
  }

  static void write(Path file, int frames, int fps, int width, int height) throws IOException {
    ByteArrayOutputStream video = new ByteArrayOutputStream();
    video.writeBytes(ascii("YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n", width, height, fps));
    byte[] picture = new byte[width * height * 3 / 2];
    Arrays.fill(picture, width * height, picture.length, (byte) NO_COLOR);
    for (int i = 0; i < frames; i++) {
      Arrays.fill(picture, 0, width * height, (byte) (16 + Math.round(gray(i) * 219 / 255f)));
      video.writeBytes(ascii("FRAME\n"));
      video.writeBytes(picture);
    }
    Files.write(file, video.toByteArray());
  }

  private static byte[] ascii(String format, Object... values) {
    return format.formatted(values).getBytes(StandardCharsets.US_ASCII);
  }
}
