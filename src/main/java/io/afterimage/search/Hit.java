package io.afterimage.search;

/**
 * A frame that was found.
 *
 * @param frame which one
 * @param similarity cosine of its embedding and the query's, from -1 to 1
 */
public record Hit(IndexedFrame frame, double similarity) {}
