package io.afterimage.page;

/**
 * How well an encoder did.
 *
 * @param step the last step that the encoder learned from
 * @param accuracy share of held-out scenes that were named rightly
 */
public record ProbeResult(long step, double accuracy) {}
