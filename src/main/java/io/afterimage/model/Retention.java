package io.afterimage.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The retention policy of a registry: the newest snapshots are kept, unless they are too old. The
 * snapshot named by {@code latest} is always kept.
 *
 * @param keep most snapshots
 * @param maxAge greatest age; null for no limit
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
