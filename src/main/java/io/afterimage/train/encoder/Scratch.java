package io.afterimage.train.encoder;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Two pieces of memory that every layer of a shard may overwrite, so that they stay in cache. */
final class Scratch {
  private final INDArray first;
  private final INDArray second;

  /**
   * @param length the most values that either is asked for
   */
  Scratch(long length, Buffers buffers) {
    first = buffers.array(length);
    second = buffers.array(length);
  }

  /** The first piece in some shape. */
  INDArray first(long... shape) {
    return piece(first, shape);
  }

  /** The second piece in some shape. */
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
