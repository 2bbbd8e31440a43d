package io.afterimage.page;

/**
 * The accuracy of an encoder in a linear probe.
 *
 * @param step the last step that the encoder learned from
 * @param accuracy share of held-out scenes that were classified correctly
 */
public record ProbeResult(long step, double accuracy) {}
