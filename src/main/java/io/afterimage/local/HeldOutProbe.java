package io.afterimage.local;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.frame.FrameRejectedException;
import io.afterimage.frame.JpegEncoder;
import io.afterimage.lab.evaluation.LabelledEmbeddings;
import io.afterimage.lab.evaluation.NearestNeighbourProbe;
import io.afterimage.lab.simulation.LabelledScene;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.util.List;

/**
 * Evaluates encoders on held-out simulated scenes: the accuracy of classifying a scene by its
 * nearest labeled scenes. Chance level is 1 / classes. Scenes are processed like frames: encoded as
 * JPEG, decoded, scaled.
 */
final class HeldOutProbe implements AutoCloseable {
  private static final int REFERENCES_PER_CLASS = 100;
  private static final int QUERIES_PER_CLASS = 100;
  private static final int NEIGHBOURS = 10;
  private static final int JPEG_QUALITY = 90;

  private final Scenes references;
  private final Scenes queries;
  private final SnapshotEncoder encoder;

  /**
   * @param pixels {@code (N, S, S, 3)}
   * @param labels {@code (N)}
   */
  private record Scenes(byte[] pixels, int[] labels) {}

  /**
   * @param first any snapshot of the encoder to evaluate
   */
  HeldOutProbe(Simulation simulation, FrameDecoderSettings decoding, EncoderSnapshot first) {
    int classes = simulation.settings().classes();
    references = decode(simulation.heldOut(REFERENCES_PER_CLASS * classes, 0), decoding);
    queries = decode(simulation.heldOut(QUERIES_PER_CLASS * classes, 1), decoding);
    encoder = new SnapshotEncoder(first);
  }

  private static Scenes decode(List<LabelledScene> scenes, FrameDecoderSettings settings) {
    int frameBytes = Frame.bytes(settings.frameSize());
    byte[] pixels = new byte[scenes.size() * frameBytes];
    int[] labels = new int[scenes.size()];
    try (JpegEncoder jpeg = new JpegEncoder(JPEG_QUALITY);
        FrameDecoder decoder = new FrameDecoder(settings)) {
      for (int i = 0; i < labels.length; i++) {
        LabelledScene scene = scenes.get(i);
        byte[] image = jpeg.encode(scene.pixels(), scene.width(), scene.height());
        Frame frame = decoder.decode(new EncodedFrame("held-out", i, image, 0, i));
        System.arraycopy(frame.pixels(), 0, pixels, i * frameBytes, frameBytes);
        labels[i] = scene.objectClass();
      }
    } catch (FrameRejectedException e) {
      throw new IllegalStateException(
          "the options do not accept simulated frames: " + e.getMessage(), e);
    }
    return new Scenes(pixels, labels);
  }

  /** The accuracy with an encoder, in [0, 1]. */
  double accuracy(EncoderSnapshot snapshot) {
    encoder.load(snapshot);
    return NearestNeighbourProbe.accuracy(embed(references), embed(queries), NEIGHBOURS);
  }

  private LabelledEmbeddings embed(Scenes scenes) {
    return new LabelledEmbeddings(
        encoder.embed(scenes.pixels(), scenes.labels().length), scenes.labels());
  }

  @Override
  public void close() {
    encoder.close();
  }
}
