package io.afterimage.cli.search;

import io.afterimage.search.IndexedFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query to compare with the index.
 *
 * @param caption its description, on a few lines
 * @param encoderId id of its encoder
 * @param vector {@code (D)}
 * @param origin the frame of the index that it is; null if it is none
 * @param picture the encoded picture; null if it still has to be fetched
 */
record SearchQuery(
    List<String> caption,
    long encoderId,
    float[] vector,
    @Nullable IndexedFrame origin,
    byte @Nullable [] picture) {}
