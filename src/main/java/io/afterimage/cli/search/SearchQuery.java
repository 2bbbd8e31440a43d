package io.afterimage.cli.search;

import io.afterimage.search.IndexedFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is compared with the index.
 *
 * @param caption what it is called, on a few lines
 * @param encoderId who embedded it
 * @param vector {@code (D)}
 * @param origin the frame of the index that it is; null if it is none
 * @param picture encoded; null if it still has to be fetched
 */
record SearchQuery(
    List<String> caption,
    long encoderId,
    float[] vector,
    @Nullable IndexedFrame origin,
    byte @Nullable [] picture) {}
