package io.afterimage.gateway;

import io.afterimage.frame.CapturedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The small videos of the test resources, and how to read one to its end. */
final class VideoFiles {
  static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

  /** Pictures of each {@code quarters} video. */
  static final int PICTURES = 15;

  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private VideoFiles() {}

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = VideoFiles.class.getResourceAsStream("/gateway/" + name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return in.readAllBytes();
    }
  }

  /** A source that takes every picture, unscaled. */
  static VideoSource source(Path file, Map<String, String> options) {
    return source(file, false, options);
  }

  static VideoSource source(Path file, boolean loop, Map<String, String> options) {
    return new VideoSource(
        "camera", file.toString(), new VideoSettings(1_000, 4_000, loop, START, TIMEOUT, options));
  }

  static List<CapturedImage> readAll(VideoSource source) throws IOException {
    List<CapturedImage> images = new ArrayList<>();
    source.open();
    CapturedImage image = source.next();
    while (image != null) {
      images.add(image);
      image = source.next();
    }
    return images;
  }

  /** Milliseconds of each picture since the start. */
  static List<Long> times(List<CapturedImage> images) {
    return images.stream().map(image -> image.captureTimeMillis() - START.toEpochMilli()).toList();
  }

  /** Equal steps of time. */
  static List<Long> steps(int pictures, long millis) {
    List<Long> steps = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      steps.add(i * millis);
    }
    return steps;
  }

  /** Red, green and blue of one pixel. */
  static int[] pixel(CapturedImage image, int x, int y) {
    int at = 3 * (y * image.width() + x);
    byte[] pixels = image.pixels();
    return new int[] {pixels[at] & 0xff, pixels[at + 1] & 0xff, pixels[at + 2] & 0xff};
  }
}
