package io.afterimage.local;

import java.util.Optional;

/** The publishing cameras of a local run, simulated or real. */
interface Cameras extends AutoCloseable {
  /** Starts to publish. */
  void start();

  /** Why they cannot continue; empty while they can. */
  Optional<String> problem();

  /** Stops publishing and waits for it. */
  @Override
  void close();
}
