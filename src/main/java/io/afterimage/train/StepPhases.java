package io.afterimage.train;

/**
 * Times of the phases of one step (nanoseconds).
 *
 * @param waiting the step's thread was idle
 * @param batching choosing groups and reading them from memory
 * @param augmenting augmenting views
 * @param forward pixels to projections
 * @param loss projections to the loss and its gradient, and the prior
 * @param backward gradient of the projections to gradients of the weights
 * @param update gradients to weights
 */
public record StepPhases(
    long waiting,
    long batching,
    long augmenting,
    long forward,
    long loss,
    long backward,
    long update) {
  /** The same times with another time for batching. */
  public StepPhases withBatching(long nanos) {
    return new StepPhases(waiting, nanos, augmenting, forward, loss, backward, update);
  }
}
