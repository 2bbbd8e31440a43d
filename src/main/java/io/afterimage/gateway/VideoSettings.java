package io.afterimage.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How a video is read.
 *
 * @param fps pictures to take (1/s); a slower video gives all that it has
 * @param width width to which pictures are scaled, keeping their shape (pixels); narrower ones stay
 *     as they are
 * @param loop whether a file starts anew at its end; capture times go on
 * @param startTime the capture time of a file's first picture
 * @param timeout how long a network source may be silent before it counts as gone
 * @param options options of FFmpeg's protocol or demuxer by name; they win over the defaults
 */
public record VideoSettings(
    double fps,
    int width,
    boolean loop,
    Instant startTime,
    Duration timeout,
    Map<String, String> options) {
  public VideoSettings {
    if (!(fps > 0) || Double.isInfinite(fps)) {
      throw new IllegalArgumentException("fps must be > 0, but was " + fps);
    }
    if (width < 1) {
      throw new IllegalArgumentException("width must be >= 1, but was " + width);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be > 0, but was " + timeout);
    }
    options = Map.copyOf(options);
  }

  /** These with another capture time for the first picture of a file. */
  VideoSettings startingAt(Instant start) {
    return new VideoSettings(fps, width, loop, start, timeout, options);
  }

  /** Without the options' values: one may be a login. */
  @Override
  public String toString() {
    return "VideoSettings[fps=%s, width=%d, loop=%s, startTime=%s, timeout=%s, options=%s]"
        .formatted(fps, width, loop, startTime, timeout, options.keySet());
  }
}
