package io.afterimage.local;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.frame.FrameRejectedException;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.page.FrameEmbedder;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The run's untrained encoder, for comparison on the page. It is created on first use. */
final class UntrainedEncoder implements FrameEmbedder, AutoCloseable {
  private final Supplier<EncoderSnapshot> snapshot;
  private final FrameDecoderSettings decoding;
  private @Nullable SnapshotEncoder encoder;
  private int dimension;
  private boolean closed;

  /**
   * @param snapshot initializes the encoder
   * @param decoding the job's decoding settings
   */
  UntrainedEncoder(Supplier<EncoderSnapshot> snapshot, FrameDecoderSettings decoding) {
    this.snapshot = snapshot;
    this.decoding = decoding;
  }

  @Override
  public long step() {
    return 0;
  }

  @Override
  public synchronized List<float @Nullable []> embed(List<byte[]> images) {
    int frameBytes = Frame.bytes(decoding.frameSize());
    byte[] pixels = new byte[images.size() * frameBytes];
    boolean[] decoded = new boolean[images.size()];
    try (FrameDecoder decoder = new FrameDecoder(decoding)) {
      for (int i = 0; i < decoded.length; i++) {
        decoded[i] = decode(decoder, images.get(i), pixels, i * frameBytes);
      }
    }
    float[] all = encoder().embed(pixels, decoded.length);
    List<float @Nullable []> vectors = new ArrayList<>();
    for (int i = 0; i < decoded.length; i++) {
      vectors.add(decoded[i] ? Arrays.copyOfRange(all, i * dimension, (i + 1) * dimension) : null);
    }
    return vectors;
  }

  private static boolean decode(FrameDecoder decoder, byte[] image, byte[] to, int at) {
    try {
      Frame frame = decoder.decode(new EncodedFrame("compared", 0, image, 0, 0));
      System.arraycopy(frame.pixels(), 0, to, at, frame.pixels().length);
      return true;
    } catch (FrameRejectedException e) {
      return false;
    }
  }

  private SnapshotEncoder encoder() {
    if (closed) {
      throw new IllegalStateException("the run has ended");
    }
    SnapshotEncoder made = encoder;
    if (made == null) {
      EncoderSnapshot drawn = snapshot.get();
      dimension = drawn.settings().embeddingSize();
      made = new SnapshotEncoder(drawn);
      encoder = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
  }
}
