package io.afterimage.search;

import io.afterimage.wire.EncoderId;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * An encoder of which an index holds embeddings.
 *
 * @param id see {@link EncoderId}
 * @param step the last step that it learned from
 * @param firstCaptureMillis capture time of its earliest frame (milliseconds since 1970, UTC)
 * @param lastCaptureMillis capture time of its latest frame
 */
public record IndexedEncoder(long id, long step, long firstCaptureMillis, long lastCaptureMillis) {
  /** By the latest frame, not by when a record was read: partitions are read one after another. */
  static final Comparator<IndexedEncoder> NEWEST_FIRST =
      Comparator.comparingLong(IndexedEncoder::lastCaptureMillis)
          .thenComparingLong(IndexedEncoder::step)
          .reversed();

  /** Where its embeddings lie in an index. */
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
