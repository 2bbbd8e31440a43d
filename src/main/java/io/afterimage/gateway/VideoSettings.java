package io.afterimage.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Settings for reading a video.
 *
 * @param fps pictures to take (1/s); of a slower video every picture is taken
 * @param width width to which wider pictures are scaled, keeping the aspect ratio (pixels)
 * @param loop whether a file restarts at its end; capture times continue
 * @param startTime the capture time of a file's first picture
 * @param timeout how long a network source may be silent before it counts as lost
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

  /** Omits the options' values, which may contain a login. */
  @Override
  public String toString() {
    return "VideoSettings[fps=%s, width=%d, loop=%s, startTime=%s, timeout=%s, options=%s]"
        .formatted(fps, width, loop, startTime, timeout, options.keySet());
  }
}
