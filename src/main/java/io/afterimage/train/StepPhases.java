package io.afterimage.train;

/**
 * Where the time of one step went (nanoseconds).
 *
 * @param waiting the step's thread had nothing to do
 * @param batching groups were chosen and read from memory
 * @param augmenting views were changed
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
  /** The same times, with the time that the caller took to choose the groups. */
  public StepPhases withBatching(long nanos) {
    return new StepPhases(waiting, nanos, augmenting, forward, loss, backward, update);
  }
}
