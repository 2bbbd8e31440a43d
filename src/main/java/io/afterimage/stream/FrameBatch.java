package io.afterimage.stream;

import io.afterimage.frame.Frame;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.stream.record.LocatedFrame;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameEmbedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch of frames and its encoder, which embeds all of them.
 *
 * <p>Legal order of calls: {@link #add} while it is not full; {@link #use} only while it is empty;
 * {@link #close} last.
 */
final class FrameBatch implements AutoCloseable {
  private final EncoderSettings settings;
  private final int capacity;
  private final byte[] pixels; // (capacity, S, S, 3)
  private final List<LocatedFrame> frames = new ArrayList<>();
  private final SnapshotEncoder encoder;
  private long encoderId;
  private long step;

  /**
   * @param snapshot the first encoder, in the form of its codec
   * @param capacity most frames of a batch
   */
  FrameBatch(byte[] snapshot, int capacity) throws IOException {
    EncoderSnapshot decoded = EncoderSnapshotCodec.decode(snapshot);
    this.settings = decoded.settings();
    this.capacity = capacity;
    pixels = new byte[capacity * Frame.bytes(settings.frameSize())];
    encoder = new SnapshotEncoder(decoded, capacity);
    encoderId = EncoderId.of(snapshot);
    step = decoded.step();
  }

  /** Replaces the encoder by another one of the same settings. */
  void use(byte[] snapshot) throws IOException {
    if (!frames.isEmpty()) {
      throw new IllegalStateException(
          "%d frames wait for the previous encoder".formatted(frames.size()));
    }
    EncoderSnapshot decoded = EncoderSnapshotCodec.decode(snapshot);
    encoder.load(decoded);
    encoderId = EncoderId.of(snapshot);
    step = decoded.step();
  }

  EncoderSettings settings() {
    return settings;
  }

  /** The last step that the encoder in use learned from. */
  long step() {
    return step;
  }

  int size() {
    return frames.size();
  }

  boolean isFull() {
    return frames.size() == capacity;
  }

  void add(LocatedFrame frame) {
    byte[] from = frame.frame().pixels();
    System.arraycopy(from, 0, pixels, frames.size() * from.length, from.length);
    frames.add(frame);
  }

  /** Returns the embeddings of its frames in order, and empties the batch. */
  List<FrameEmbedding> embed() {
    float[] vectors = encoder.embed(pixels, frames.size());
    int dim = settings.embeddingSize();
    List<FrameEmbedding> embeddings = new ArrayList<>(frames.size());
    for (int i = 0; i < frames.size(); i++) {
      LocatedFrame located = frames.get(i);
      embeddings.add(
          new FrameEmbedding(
              located.camera(),
              located.frame().captureTimeMillis(),
              encoderId,
              step,
              located.partition(),
              located.offset(),
              Arrays.copyOfRange(vectors, i * dim, (i + 1) * dim)));
    }
    frames.clear();
    return embeddings;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
