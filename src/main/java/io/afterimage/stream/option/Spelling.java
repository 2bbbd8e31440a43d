package io.afterimage.stream.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests known names for misspelled ones. */
final class Spelling {
  /**
   * Most edits between a misspelled name and a suggestion, which may also be at most a third of its
   * length.
   */
  private static final int MOST_EDITS = 4;

  private static final LevenshteinDistance EDITS = new LevenshteinDistance(MOST_EDITS);

  private Spelling() {}

  /** The nearest of the known names, if it is near enough. */
  static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(each -> edits(name, each) >= 0)
        .min(
            Comparator.<String>comparingInt(each -> edits(name, each))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Negative if there are too many. */
  private static int edits(String name, String known) {
    int edits = EDITS.apply(name.toLowerCase(Locale.ROOT), known.toLowerCase(Locale.ROOT));
    return edits > name.length() / 3 ? -1 : edits;
  }
}
