package io.afterimage.local;

/** Limits the number of published records that have not been read yet. */
@FunctionalInterface
interface Backlog {
  /**
   * Waits until there is room for more.
   *
   * @param published records published so far
   */
  void awaitRoom(long published) throws InterruptedException;
}
