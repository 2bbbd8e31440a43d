package io.afterimage.train;

/**
 * A mini-batch made ready for one step: its views augmented and laid side by side.
 *
 * @param batch the mini-batch
 * @param step the number of the step that it is for, from 1
 * @param pixels {@code (B*K, S, S, 3)} row-major, red-green-blue, unsigned bytes; the learner's
 *     own, overwritten when the step after the next is prepared
 * @param augmentingNanos how long that took
 */
public record PreparedBatch(MiniBatch batch, long step, byte[] pixels, long augmentingNanos) {}
