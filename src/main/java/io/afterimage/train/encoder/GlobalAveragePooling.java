package io.afterimage.train.encoder;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of {@code (N, H, W, C)} over H and W, {@code (N, C)}. */
final class GlobalAveragePooling implements Layer {
  private final NativeOp forward;
  private final @Nullable INDArray share; // (N, 1, C)
  private final @Nullable NativeOp spread;
  private final long area;

  GlobalAveragePooling(Tensor input, Tensor output, Buffers buffers) {
    long frames = input.size(0);
    long height = input.size(1);
    long width = input.size(2);
    long channels = input.size(3);
    area = height * width;
    forward = SpatialMean.op(input.value(), output.value());
    INDArray dx = input.gradient();
    if (dx == null) {
      share = null;
      spread = null;
      return;
    }
    INDArray ones = buffers.filled(1, frames, area, channels);
    share = output.trainedGradient().reshape('c', frames, 1, channels);
    spread = NativeOp.of("multiply", dx.reshape('c', frames, area, channels), ones, share);
  }

  @Override
  public void forward() {
    forward.run();
  }

  @Override
  public void backward() {
    if (share != null && spread != null) {
      share.divi(area);
      spread.run();
    }
  }
}
