package io.afterimage.train;

/**
 * A mini-batch prepared for one step: its views augmented, in one array.
 *
 * @param batch the mini-batch
 * @param step the number of the step that it is prepared for, from 1
 * @param pixels {@code (B*K, S, S, 3)} row-major, red-green-blue, unsigned bytes; owned by the
 *     learner, overwritten when the step after the next is prepared
 * @param augmentingNanos time that the augmentation took (nanoseconds)
 */
public record PreparedBatch(MiniBatch batch, long step, byte[] pixels, long augmentingNanos) {}
