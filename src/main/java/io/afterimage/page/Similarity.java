package io.afterimage.page;

/**
 * Histograms of the cosine similarities of positive and of negative pairs, over equal bins of [-1,
 * 1].
 *
 * @param fromStep the first step included
 * @param toStep the last step included
 * @param positive {@code (bins)} positive pairs
 * @param negative {@code (bins)} negative pairs
 */
record Similarity(long fromStep, long toStep, long[] positive, long[] negative) {}
