package io.afterimage.gateway;

import java.time.Duration;

/**
 * Settings of the gateway.
 *
 * @param quality JPEG quality, 1 to 100
 * @param realtime whether recordings are played at their recorded speed, rather than as fast as the
 *     broker accepts them
 * @param firstRetry the first wait before reconnecting to a lost camera
 * @param lastRetry the longest wait; waits double up to it
 */
public record GatewaySettings(
    int quality, boolean realtime, Duration firstRetry, Duration lastRetry) {
  public GatewaySettings {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality must be in 1..100, but was " + quality);
    }
    if (firstRetry.isNegative() || firstRetry.isZero() || lastRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "0 < firstRetry <= lastRetry must hold, but they were %s and %s"
              .formatted(firstRetry, lastRetry));
    }
  }

  /** JPEG quality 90; waits of half a second up to half a minute between retries. */
  public static GatewaySettings defaults(boolean realtime) {
    return new GatewaySettings(90, realtime, Duration.ofMillis(500), Duration.ofSeconds(30));
  }

  /** The same with another JPEG quality. */
  public GatewaySettings withQuality(int other) {
    return new GatewaySettings(other, realtime, firstRetry, lastRetry);
  }
}
