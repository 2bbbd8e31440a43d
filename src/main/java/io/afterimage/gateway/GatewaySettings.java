package io.afterimage.gateway;

import java.time.Duration;

/**
 * How the gateway treats its cameras.
 *
 * @param quality JPEG quality, 1 to 100
 * @param realtime whether what is not live is played as fast as it was recorded, rather than as
 *     fast as the broker takes it
 * @param firstRetry how long to wait before a camera that went away is asked again, the first time
 * @param lastRetry the longest such wait; it doubles from time to time
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

  /** JPEG quality 90; retries after half a second up to half a minute. */
  public static GatewaySettings defaults(boolean realtime) {
    return new GatewaySettings(90, realtime, Duration.ofMillis(500), Duration.ofSeconds(30));
  }

  /** The same with another JPEG quality. */
  public GatewaySettings withQuality(int other) {
    return new GatewaySettings(other, realtime, firstRetry, lastRetry);
  }
}
