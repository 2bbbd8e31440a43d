package io.afterimage.page;

import java.util.ArrayList;
import java.util.List;

/**
 * The history of agreement over the encoders of a run; when it is full, every other entry is
 * dropped.
 */
final class Agreements {
  private static final int MOST = 256;

  private final List<Agreement> all = new ArrayList<>();

  synchronized void add(Agreement agreement) {
    if (!all.isEmpty() && agreement.step() <= all.get(all.size() - 1).step()) {
      // The job was restored from an earlier state, or another run has begun.
      all.removeIf(other -> other.step() >= agreement.step());
    }
    all.add(agreement);
    if (all.size() > MOST) {
      for (int i = all.size() - 2; i > 0; i -= 2) {
        all.remove(i);
      }
    }
  }

  synchronized List<Agreement> all() {
    return List.copyOf(all);
  }
}
