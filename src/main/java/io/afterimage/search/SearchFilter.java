package io.afterimage.search;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Restricts the frames that a search returns.
 *
 * @param count most frames
 * @param camera of this camera only; null for all
 * @param from taken then or later; null for any time
 * @param to taken before; null for any time
 * @param apart frames of one camera closer together than this show the same moment: only the most
 *     similar of them is returned, and none this close to the query's own frame
 */
public record SearchFilter(
    int count,
    @Nullable String camera,
    @Nullable Instant from,
    @Nullable Instant to,
    Duration apart) {
  public SearchFilter {
    if (count < 1) {
      throw new IllegalArgumentException("count must be >= 1, but was " + count);
    }
    if (apart.isNegative()) {
      throw new IllegalArgumentException("apart must be >= 0, but was " + apart);
    }
  }
}
