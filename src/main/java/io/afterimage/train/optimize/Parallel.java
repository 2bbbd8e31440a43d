package io.afterimage.train.optimize;

import java.util.List;

/** Runs tasks, possibly in parallel. */
@FunctionalInterface
public interface Parallel {
  /** Returns when all tasks are done; rethrows an exception of one of them. */
  void run(List<Runnable> pieces);
}
