package io.afterimage.stream.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that a misspelled one was meant to be. */
final class Spelling {
  /** A name further away than this many edits, or than a third of its length, is another name. */
  private static final int MOST_EDITS = 4;

  private static final LevenshteinDistance EDITS = new LevenshteinDistance(MOST_EDITS);

  private Spelling() {}

  /** The nearest of the known names, if it is near. */
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
