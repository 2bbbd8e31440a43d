package io.afterimage.page;

import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Embeddings of frames by a second encoder, for comparison; they are cached. Thread-safe. */
final class Comparison {
  private static final int MOST_VECTORS = 4000;

  private final FrameEmbedder embedder;
  private final FramePictures pictures;
  private final Map<FrameRef, float[]> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FrameRef, float[]> eldest) {
          return size() > MOST_VECTORS;
        }
      };

  /**
   * Frames and their vectors, in the same order.
   *
   * @param frames those whose picture is still in memory
   * @param vectors {@code (N)(D)} by the encoder to compare with
   */
  record Seen(List<FrameEmbedding> frames, List<float[]> vectors) {}

  Comparison(FrameEmbedder embedder, FramePictures pictures) {
    this.embedder = embedder;
    this.pictures = pictures;
  }

  long step() {
    return embedder.step();
  }

  /** The frames' embeddings; only those not cached are computed. */
  synchronized Seen see(List<FrameEmbedding> frames) {
    List<FrameRef> wanted = new ArrayList<>();
    List<byte[]> images = new ArrayList<>();
    for (FrameEmbedding frame : frames) {
      FrameRef place = frame.frame();
      byte[] image = known.containsKey(place) ? null : pictures.inMemory(place);
      if (image != null) {
        wanted.add(place);
        images.add(image);
      }
    }
    List<float[]> embedded = embedder.embed(images);
    for (int i = 0; i < wanted.size(); i++) {
      float[] vector = embedded.get(i);
      if (vector != null) {
        known.put(wanted.get(i), vector);
      }
    }
    List<FrameEmbedding> seen = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    for (FrameEmbedding frame : frames) {
      float[] vector = known.get(frame.frame());
      if (vector != null) {
        seen.add(frame);
        vectors.add(vector);
      }
    }
    return new Seen(seen, vectors);
  }
}
