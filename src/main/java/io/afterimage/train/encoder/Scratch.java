package io.afterimage.train.encoder;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Two buffers that all layers of a shard share and may overwrite, to keep them in cache. */
final class Scratch {
  private final INDArray first;
  private final INDArray second;

  /**
   * @param length most values of either buffer
   */
  Scratch(long length, Buffers buffers) {
    first = buffers.array(length);
    second = buffers.array(length);
  }

  /** The first buffer in a given shape. */
  INDArray first(long... shape) {
    return piece(first, shape);
  }

  /** The second buffer in a given shape. */
  INDArray second(long... shape) {
    return piece(second, shape);
  }

  private static INDArray piece(INDArray memory, long[] shape) {
    long length = 1;
    for (long side : shape) {
      length *= side;
    }
    return memory.get(NDArrayIndex.interval(0, length)).reshape('c', shape);
  }
}
