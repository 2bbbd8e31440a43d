package io.afterimage.train.encoder;

import io.afterimage.frame.Frame;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A part of a mini-batch's frames, with its own buffers and layers. */
final class Shard implements AutoCloseable {
  private final Buffers buffers;
  private final int firstByte;
  private final int firstProjection;
  private final INDArray staged; // (n, S, S, 3) unsigned bytes
  private final INDArray pixels; // (n, S, S, 3) in [0, 1]
  private final Tensor projections; // (n, D)
  private final List<Layer> layers;

  /**
   * @param first index of its first frame within the mini-batch
   * @param frames number of frames, n
   */
  Shard(
      EncoderSettings settings,
      ParameterVector parameters,
      int first,
      int frames,
      boolean training,
      DataType type) {
    int side = settings.frameSize();
    firstByte = first * Frame.bytes(side);
    firstProjection = first * settings.embeddingSize();
    buffers = new Buffers(type, training);
    staged = buffers.array(DataType.UINT8, frames, side, side, Frame.CHANNELS);
    pixels = buffers.array(frames, side, side, Frame.CHANNELS);
    ResNetSLayers built =
        new ResNetSLayers(settings, parameters, buffers, new Tensor(pixels, null));
    projections = built.projections();
    layers = built.layers();
  }

  /**
   * @param input the bytes of the whole mini-batch
   * @param output the projections of the whole mini-batch
   */
  void forward(byte[] input, float[] output) {
    HostTransfer.upload(input, firstByte, staged);
    pixels.assign(staged);
    pixels.divi(255);
    for (Layer layer : layers) {
      layer.forward();
    }
    HostTransfer.download(projections.value(), output, firstProjection);
  }

  /**
   * @param gradient of the projections of the whole mini-batch
   */
  void backward(float[] gradient) {
    HostTransfer.upload(gradient, firstProjection, projections.trainedGradient());
    for (int i = layers.size() - 1; i >= 0; i--) {
      layers.get(i).backward();
    }
  }

  /** Updates the running averages with the statistics of the last forward pass. */
  void updateAverages() {
    layers.forEach(Layer::updateAverages);
  }

  void replaceLayers(UnaryOperator<Layer> replacement) {
    layers.replaceAll(replacement);
  }

  @Override
  public void close() {
    buffers.close();
  }
}
