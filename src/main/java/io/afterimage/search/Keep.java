package io.afterimage.search;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Retention limits of an index.
 *
 * @param encoders most encoders; the newest are kept
 * @param age greatest age of a frame by its capture time; null for no limit
 */
public record Keep(int encoders, @Nullable Duration age) {
  public Keep {
    if (encoders < 1) {
      throw new IllegalArgumentException("encoders must be >= 1, but was " + encoders);
    }
    if (age != null && (age.isNegative() || age.isZero())) {
      throw new IllegalArgumentException("age must be > 0, but was " + age);
    }
  }
}
