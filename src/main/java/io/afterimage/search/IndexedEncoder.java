package io.afterimage.search;

import io.afterimage.wire.EncoderId;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * An encoder with embeddings in an index.
 *
 * @param id see {@link EncoderId}
 * @param step the last step that it learned from
 * @param firstCaptureMillis capture time of its earliest frame (milliseconds since 1970, UTC)
 * @param lastCaptureMillis capture time of its latest frame
 */
public record IndexedEncoder(long id, long step, long firstCaptureMillis, long lastCaptureMillis) {
  /**
   * Ordered by the latest frame, not by the time of reading: partitions are read one after another.
   */
  static final Comparator<IndexedEncoder> NEWEST_FIRST =
      Comparator.comparingLong(IndexedEncoder::lastCaptureMillis)
          .thenComparingLong(IndexedEncoder::step)
          .reversed();

  /** The directory of its embeddings in an index. */
  Path directory(Path index) {
    return directory(index, id);
  }

  static Path directory(Path index, long id) {
    return index.resolve("encoder-" + EncoderId.hex(id));
  }

  IndexedEncoder with(long captureMillis) {
    return new IndexedEncoder(
        id,
        step,
        Math.min(firstCaptureMillis, captureMillis),
        Math.max(lastCaptureMillis, captureMillis));
  }
}
