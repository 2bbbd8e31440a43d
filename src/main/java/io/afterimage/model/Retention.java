package io.afterimage.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which snapshots of a registry stay: the newest ones, as long as they are not too old. The one
 * that {@code latest} names stays in any case.
 *
 * @param keep most snapshots
 * @param maxAge greatest age; null for any
 */
public record Retention(int keep, @Nullable Duration maxAge) {
  public Retention {
    if (keep < 1) {
      throw new IllegalArgumentException("keep must be >= 1, but was " + keep);
    }
    if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
      throw new IllegalArgumentException("maxAge must be > 0, but was " + maxAge);
    }
  }
}
