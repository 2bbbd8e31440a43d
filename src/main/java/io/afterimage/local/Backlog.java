package io.afterimage.local;

/** How much has been published that nobody has read yet. */
@FunctionalInterface
interface Backlog {
  /**
   * Waits until there is room for more.
   *
   * @param published records published so far
   */
  void awaitRoom(long published) throws InterruptedException;
}
