package io.afterimage.page;

import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Recent embeddings by encoder: the first, the newest, and some in between, about evenly spaced in
 * steps. Thread-safe.
 */
final class EncoderViews {
  /** Least frames for which an encoder is shown. */
  static final int ENOUGH_FRAMES = 60;

  private static final int MOST_VIEWS = 16;
  private static final int MOST_FRAMES = 1200;

  /** In the order of first appearance. */
  private final List<EncoderView> views = new ArrayList<>();

  private final Consumer<List<FrameEmbedding>> ended;

  /**
   * An encoder with frames in memory.
   *
   * @param encoder its id in hexadecimal digits
   * @param step the last step that it learned from
   * @param frames its frames in memory
   */
  record Shown(String encoder, long step, int frames) {}

  /**
   * @param ended receives the frames of an encoder when another one follows it, if they are enough
   */
  EncoderViews(Consumer<List<FrameEmbedding>> ended) {
    this.ended = ended;
  }

  /** Adds a record of the topic. */
  void accept(ConsumerRecord<byte[], byte[]> message) {
    try {
      add(FrameEmbeddingCodec.decode(message.key(), message.value()));
    } catch (IOException e) {
      throw new UncheckedIOException("no embedding", e);
    }
  }

  void add(FrameEmbedding embedding) {
    List<FrameEmbedding> done = List.of();
    synchronized (this) {
      EncoderView view = find(embedding.encoderId());
      if (view == null) {
        if (!views.isEmpty() && last().size() >= ENOUGH_FRAMES) {
          done = last().newest(MOST_FRAMES);
        }
        view = new EncoderView(MOST_FRAMES, embedding);
        views.add(view);
        makeRoom();
      }
      view.add(embedding);
    }
    if (!done.isEmpty()) {
      ended.accept(done);
    }
  }

  private EncoderView last() {
    return views.get(views.size() - 1);
  }

  private @Nullable EncoderView find(long encoderId) {
    for (int i = views.size() - 1; i >= 0; i--) {
      if (views.get(i).encoderId() == encoderId) {
        return views.get(i);
      }
    }
    return null;
  }

  /**
   * Evicts an encoder: first one with too few frames, then the one whose neighbors are closest in
   * steps. The two newest stay, since the newest is still being filled.
   */
  private void makeRoom() {
    int before = views.size() - 2;
    for (int i = 0; i < before; i++) {
      if (views.get(i).size() < ENOUGH_FRAMES) {
        views.remove(i);
        return;
      }
    }
    if (views.size() <= MOST_VIEWS) {
      return;
    }
    int closest = 1;
    for (int i = 2; i < before; i++) {
      if (gap(i) < gap(closest)) {
        closest = i;
      }
    }
    views.remove(closest);
  }

  private long gap(int i) {
    return Math.abs(views.get(i + 1).step() - views.get(i - 1).step());
  }

  /** The encoders with enough frames, in the order of appearance; the last is the newest. */
  synchronized List<Shown> shown() {
    List<Shown> shown = new ArrayList<>();
    for (EncoderView view : views) {
      if (view.size() >= ENOUGH_FRAMES || views.size() == 1) {
        shown.add(new Shown(EncoderId.hex(view.encoderId()), view.step(), view.size()));
      }
    }
    return shown;
  }

  /** The newest frames of an encoder, oldest first; empty if the encoder is unknown. */
  synchronized List<FrameEmbedding> frames(long encoderId, int most) {
    EncoderView view = find(encoderId);
    return view == null ? List.of() : view.newest(most);
  }
}
