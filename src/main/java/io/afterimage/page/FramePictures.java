package io.afterimage.page;

import io.afterimage.frame.FrameRejectedException;
import io.afterimage.frame.ThumbnailEncoder;
import io.afterimage.wire.FrameRef;
import io.afterimage.wire.kafka.FrameFetcher;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thumbnails of frames: of recent ones from memory, of older ones from the topic. Thumbnails are
 * cached and may outlive their frame in the topic. Thread-safe.
 */
final class FramePictures implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FramePictures.class);
  private static final long IMAGE_BYTES = 48L << 20;
  private static final long THUMBNAIL_BYTES = 24L << 20;
  private static final int MOST_PIXELS = 50_000_000;

  private final BoundedBytes<FrameRef> images = new BoundedBytes<>(IMAGE_BYTES);
  private final BoundedBytes<FrameRef> thumbnails = new BoundedBytes<>(THUMBNAIL_BYTES);
  private final FrameFetcher fetcher;
  private final ThumbnailEncoder encoder;
  private boolean closed;

  /**
   * @param fetcher fetches frames that are not in memory; closed with this
   * @param side most pixels of a thumbnail's longer side
   */
  FramePictures(FrameFetcher fetcher, int side) {
    this.fetcher = fetcher;
    this.encoder = new ThumbnailEncoder(side, MOST_PIXELS);
  }

  /** Caches a frame's encoded image. */
  void remember(FrameRef frame, byte[] image) {
    images.put(frame, image);
  }

  /** A frame's encoded image; null if it is no longer in memory. */
  byte @Nullable [] inMemory(FrameRef frame) {
    return images.get(frame);
  }

  /** A frame's thumbnail as JPEG; null if the frame is no longer available, or not an image. */
  byte @Nullable [] thumbnail(FrameRef frame) {
    byte[] known = thumbnails.get(frame);
    if (known != null) {
      return known;
    }
    byte[] image = images.get(frame);
    if (image == null) {
      image = fetched(frame);
    }
    if (image == null) {
      return null;
    }
    try {
      byte[] thumbnail = encode(image);
      thumbnails.put(frame, thumbnail);
      return thumbnail;
    } catch (FrameRejectedException e) {
      return null;
    }
  }

  private byte @Nullable [] fetched(FrameRef frame) {
    try {
      return fetcher.fetch(List.of(frame)).get(frame);
    } catch (KafkaException e) {
      LOG.debug("The frame {} cannot be fetched now", frame, e);
      return null;
    }
  }

  private synchronized byte[] encode(byte[] image) throws FrameRejectedException {
    if (closed) {
      throw new IllegalStateException("the page is closed");
    }
    return encoder.encode(image);
  }

  @Override
  public synchronized void close() {
    closed = true;
    encoder.close();
    fetcher.close();
  }
}
