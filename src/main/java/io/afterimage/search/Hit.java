package io.afterimage.search;

/**
 * A frame that a search found.
 *
 * @param frame the frame
 * @param similarity cosine of its embedding and the query's, from -1 to 1
 */
public record Hit(IndexedFrame frame, double similarity) {}
