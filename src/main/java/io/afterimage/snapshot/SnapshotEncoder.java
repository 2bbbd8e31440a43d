package io.afterimage.snapshot;

import io.afterimage.encoder.Encoder;
import io.afterimage.encoder.ResNetS;
import io.afterimage.frame.Frame;
import java.util.Arrays;

/**
 * Embeds frames with the encoder of a snapshot, on small buffers of its own.
 *
 * <p>Legal order of calls: {@link #embed} and {@link #load} any number of times, {@link #close}
 * last. Not thread-safe, though calls may come from different threads one after the other.
 */
public final class SnapshotEncoder implements AutoCloseable {
  /** Frames that go through the encoder at once. */
  private static final int CHUNK = 32;

  private final Encoder encoder;
  private final byte[] pixels; // (CHUNK, S, S, 3)
  private final float[] projections; // (CHUNK, D)

  public SnapshotEncoder(EncoderSnapshot snapshot) {
    encoder = ResNetS.forInference(snapshot.settings(), CHUNK);
    pixels = new byte[CHUNK * Frame.bytes(snapshot.settings().frameSize())];
    projections = new float[CHUNK * snapshot.settings().embeddingSize()];
    load(snapshot);
  }

  /**
   * Goes on with another snapshot of the same settings.
   *
   * @throws IllegalArgumentException if the settings differ
   */
  public void load(EncoderSnapshot snapshot) {
    snapshot.restore(encoder);
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
    int frameBytes = Frame.bytes(encoder.settings().frameSize());
    if (count < 0 || (long) count * frameBytes > frames.length) {
      throw new IllegalArgumentException(
          "count must be from 0 to %d for %d bytes of frames of size %d, but was %d"
              .formatted(
                  frames.length / frameBytes,
                  frames.length,
                  encoder.settings().frameSize(),
                  count));
    }
    int dim = encoder.settings().embeddingSize();
    float[] embeddings = new float[count * dim];
    for (int done = 0; done < count; done += CHUNK) {
      int here = Math.min(CHUNK, count - done);
      System.arraycopy(frames, done * frameBytes, pixels, 0, here * frameBytes);
      Arrays.fill(pixels, here * frameBytes, pixels.length, (byte) 0);
      encoder.forward(pixels, projections);
      for (int i = 0; i < here; i++) {
        unit(projections, i * dim, embeddings, (done + i) * dim, dim);
      }
    }
    return embeddings;
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
    encoder.close();
  }
}
