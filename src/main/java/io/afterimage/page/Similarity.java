package io.afterimage.page;

/**
 * How similar the embeddings of positive and of negative pairs are, as histograms over equal bins
 * of [-1, 1].
 *
 * @param fromStep the first step that they count
 * @param toStep the last one
 * @param positive {@code (bins)} positive pairs
 * @param negative {@code (bins)} negative pairs
 */
record Similarity(long fromStep, long toStep, long[] positive, long[] negative) {}
