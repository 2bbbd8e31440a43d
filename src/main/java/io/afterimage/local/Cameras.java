package io.afterimage.local;

import java.util.Optional;

/** The cameras of a local run, simulated or real, while they publish. */
interface Cameras extends AutoCloseable {
  /** Begins to publish. */
  void start();

  /** Why they cannot go on; empty as long as they can. */
  Optional<String> problem();

  /** Stops publishing and waits for it. */
  @Override
  void close();
}
