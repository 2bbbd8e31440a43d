package io.afterimage.train.optimize;

import java.util.List;

/** Runs pieces of work, perhaps side by side. */
@FunctionalInterface
public interface Parallel {
  /** Returns when all pieces are done; throws what one of them threw. */
  void run(List<Runnable> pieces);
}
