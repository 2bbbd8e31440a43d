package io.afterimage.page;

import io.afterimage.wire.FrameEmbedding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recent embeddings by one encoder, as many as fit, spaced out in each camera's time to cover more
 * than one moment. For one thread.
 */
final class EncoderView {
  private static final long LEAST_GAP_MILLIS = 400;

  private final int capacity;
  private final long encoderId;
  private final long step;
  private final Deque<FrameEmbedding> frames = new ArrayDeque<>();
  private final Map<String, Long> lastCapture = new HashMap<>();

  /**
   * @param capacity most frames
   * @param first an embedding by the encoder
   */
  EncoderView(int capacity, FrameEmbedding first) {
    this.capacity = capacity;
    this.encoderId = first.encoderId();
    this.step = first.step();
  }

  long encoderId() {
    return encoderId;
  }

  long step() {
    return step;
  }

  int size() {
    return frames.size();
  }

  /** Adds an embedding by this encoder; it replaces the oldest when full. */
  void add(FrameEmbedding embedding) {
    Long last = lastCapture.get(embedding.camera());
    if (last != null && Math.abs(embedding.captureMillis() - last) < LEAST_GAP_MILLIS
        || !frames.isEmpty() && frames.getLast().vector().length != embedding.vector().length) {
      return;
    }
    lastCapture.put(embedding.camera(), embedding.captureMillis());
    frames.add(embedding);
    if (frames.size() > capacity) {
      FrameEmbedding oldest = frames.remove();
      lastCapture.remove(oldest.camera(), oldest.captureMillis());
    }
  }

  /** The newest frames, oldest first. */
  List<FrameEmbedding> newest(int most) {
    List<FrameEmbedding> all = new ArrayList<>(frames);
    return all.subList(Math.max(0, all.size() - most), all.size());
  }
}
