package io.afterimage.page;

import io.afterimage.wire.FrameEmbedding;

/** Embeddings for tests, of one encoder. */
final class Embeddings {
  private Embeddings() {}

  /** A frame at a second, whose vector points along one of four axes. */
  static FrameEmbedding along(int axis, String camera, long second, long offset) {
    float[] vector = new float[4];
    vector[axis] = 1;
    return of(camera, 1000 * second, offset, vector);
  }

  static FrameEmbedding of(String camera, long millis, long offset, float... vector) {
    return new FrameEmbedding(camera, millis, 7, 300, 0, offset, vector);
  }
}
