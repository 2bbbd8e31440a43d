package io.afterimage.model;

import io.afterimage.frame.Frame;
import io.afterimage.train.encoder.Encoder;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.ResNetS;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Embeds frames with the encoder of a snapshot, on buffers of its own.
 *
 * <p>An encoder takes mini-batches of one fixed shape. To keep small batches cheap, there are
 * encoders for the whole batch, for half of it, and so on, each built on first use; frames go
 * through the smallest that holds them.
 *
 * <p>Legal order of calls: {@link #embed} and {@link #load} any number of times, {@link #close}
 * last. Not thread-safe; calls from different threads must not overlap.
 */
public final class SnapshotEncoder implements AutoCloseable {
  private static final int DEFAULT_BATCH = 32;

  /** The smallest batch: below it, the fixed cost of operations outweighs the cost of frames. */
  private static final int LEAST_BATCH = 4;

  private final EncoderSettings settings;
  private final int batch;
  private final TreeMap<Integer, Sized> encoders = new TreeMap<>(); // by frames
  private EncoderSnapshot snapshot;

  /** An encoder of one fixed shape with its buffers: {@code (N, S, S, 3)} and {@code (N, D)}. */
  private record Sized(Encoder encoder, byte[] pixels, float[] projections) {
    static Sized of(EncoderSnapshot snapshot, int frames) {
      EncoderSettings settings = snapshot.settings();
      Sized sized =
          new Sized(
              ResNetS.forInference(settings, frames),
              new byte[frames * Frame.bytes(settings.frameSize())],
              new float[frames * settings.embeddingSize()]);
      snapshot.restore(sized.encoder);
      return sized;
    }
  }

  public SnapshotEncoder(EncoderSnapshot snapshot) {
    this(snapshot, DEFAULT_BATCH);
  }

  /**
   * @param batch most frames that go through the encoder at once
   */
  public SnapshotEncoder(EncoderSnapshot snapshot, int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be >= 1, but was " + batch);
    }
    this.snapshot = snapshot;
    this.batch = batch;
    settings = snapshot.settings();
    encoders.put(batch, Sized.of(snapshot, batch));
  }

  /**
   * Replaces the parameters by those of another snapshot with the same settings.
   *
   * @throws IllegalArgumentException if the settings differ
   */
  public void load(EncoderSnapshot another) {
    for (Sized sized : encoders.values()) {
      another.restore(sized.encoder);
    }
    snapshot = another;
  }

  /**
   * The embeddings of some frames.
   *
   * @param frames {@code (count, S, S, 3)} row-major, red-green-blue, unsigned bytes; more may
   *     follow, unread
   * @param count any number of frames
   * @return {@code (count, D)} row-major, each of unit length
   */
  public float[] embed(byte[] frames, int count) {
    int frameBytes = Frame.bytes(settings.frameSize());
    if (count < 0 || (long) count * frameBytes > frames.length) {
      throw new IllegalArgumentException(
          "count must be from 0 to %d for %d bytes of frames of size %d, but was %d"
              .formatted(frames.length / frameBytes, frames.length, settings.frameSize(), count));
    }
    int dim = settings.embeddingSize();
    float[] embeddings = new float[count * dim];
    for (int done = 0; done < count; done += batch) {
      int here = Math.min(batch, count - done);
      Sized sized = smallestFor(here);
      System.arraycopy(frames, done * frameBytes, sized.pixels, 0, here * frameBytes);
      Arrays.fill(sized.pixels, here * frameBytes, sized.pixels.length, (byte) 0);
      sized.encoder.forward(sized.pixels, sized.projections);
      for (int i = 0; i < here; i++) {
        unit(sized.projections, i * dim, embeddings, (done + i) * dim, dim);
      }
    }
    return embeddings;
  }

  private Sized smallestFor(int count) {
    int frames = batch;
    while (frames / 2 >= Math.max(count, LEAST_BATCH)) {
      frames /= 2;
    }
    return encoders.computeIfAbsent(frames, size -> Sized.of(snapshot, size));
  }

  private static void unit(float[] from, int at, float[] to, int toAt, int dim) {
    double square = 0;
    for (int i = 0; i < dim; i++) {
      square += (double) from[at + i] * from[at + i];
    }
    double norm = Math.max(Math.sqrt(square), 1e-12);
    for (int i = 0; i < dim; i++) {
      to[toAt + i] = (float) (from[at + i] / norm);
    }
  }

  @Override
  public void close() {
    encoders.values().forEach(sized -> sized.encoder.close());
  }
}
