package io.afterimage.train.loss;

import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Norm2;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The cosine similarities of all views of a mini-batch, and the backward pass from them to the
 * projections:
 *
 * <pre>
 *   z = u / |u|, s = z z'
 *   dL/dz = (W + W') z with W = dL/ds, since each pair's similarity is used by two anchors
 *   dL/du = (dL/dz - (dL/dz . z) z) / |u|: the radial part is removed
 * </pre>
 *
 * <p>Legal order of calls: {@link #compare} first; everything else refers to the last comparison.
 */
final class CosineSimilarities {
  private static final MMulTranspose PLAIN = MMulTranspose.builder().build();
  private static final MMulTranspose FIRST = MMulTranspose.builder().transposeA(true).build();
  private static final MMulTranspose SECOND = MMulTranspose.builder().transposeB(true).build();

  /** A shorter projection has no direction; its embedding is shorter than 1. */
  private static final double LEAST_NORM = 1e-12;

  private final BatchShape shape;
  private final LossBuffers buffers;
  private final INDArray norms; // (B*K, 1): |u|
  private final INDArray embeddings; // (B*K, D): z
  private final INDArray similarities; // (B*K, B*K): s
  private final INDArray products; // (B*K, D): dL/dz * z, by element
  private final INDArray radial; // (B*K, 1): dL/dz . z
  private final INDArray radialPart; // (B*K, D): (dL/dz . z) z
  private final INDArray onesDim; // (D, 1)

  CosineSimilarities(BatchShape shape, LossBuffers buffers) {
    this.shape = shape;
    this.buffers = buffers;
    int rows = shape.rows();
    norms = buffers.zeros(rows, 1);
    embeddings = buffers.zeros(rows, shape.dim());
    similarities = buffers.zeros(rows, rows);
    products = buffers.zeros(rows, shape.dim());
    radial = buffers.zeros(rows, 1);
    radialPart = buffers.zeros(rows, shape.dim());
    onesDim = buffers.ones(shape.dim(), 1);
  }

  /**
   * Compares all views with each other.
   *
   * @param projections {@code (B*K, D)} u
   */
  void compare(INDArray projections) {
    Nd4j.exec(new Norm2(projections, norms, true, 1));
    Nd4j.exec(new ScalarMax(norms, null, norms, LEAST_NORM));
    embeddings.assign(projections);
    embeddings.diviColumnVector(norms);
    Nd4j.exec(new Mmul(embeddings, embeddings, similarities, SECOND));
  }

  /** {@code (B*K, D)} the unit embeddings. */
  INDArray embeddings() {
    return embeddings;
  }

  /** {@code (B*K, B*K)} the similarities of all pairs of views. */
  INDArray values() {
    return similarities;
  }

  /**
   * The gradient of the projections.
   *
   * @param gradient {@code (B*K, B*K)} dL/ds, each row of one anchor
   * @param gradientOut {@code (B*K, D)} filled with dL/du
   */
  void backward(INDArray gradient, INDArray gradientOut) {
    Nd4j.exec(new Mmul(gradient, embeddings, gradientOut, PLAIN));
    Nd4j.exec(new Mmul(gradient, embeddings, gradientOut, 1.0, 1.0, FIRST));
    gradientOut.mul(embeddings, products);
    Nd4j.exec(new Mmul(products, onesDim, radial, PLAIN));
    radialPart.assign(embeddings);
    radialPart.muliColumnVector(radial);
    gradientOut.subi(radialPart);
    gradientOut.diviColumnVector(norms);
  }

  /**
   * Copies the whole matrix to the host.
   *
   * @param to {@code (B*K, B*K)} row-major
   */
  void read(float[] to) {
    BatchShape.requireLength("similarities", shape.rows() * shape.rows(), to.length);
    buffers.floats(similarities).read(0, to, 0, to.length);
  }

  /**
   * Copies each unordered pair once, by rows of the matrix's upper triangle.
   *
   * @param positive {@code (B*K*(K-1)/2)} filled
   * @param negative {@code (B*K*K*(B-1)/2)} filled
   */
  void readPairs(float[] positive, float[] negative) {
    BatchShape.requireLength("positive", shape.positivePairs(), positive.length);
    BatchShape.requireLength("negative", shape.negativePairs(), negative.length);
    LossBuffers.FloatReader reader = buffers.floats(similarities);
    int rows = shape.rows();
    int nextPositive = 0;
    int nextNegative = 0;
    for (int row = 0; row < rows; row++) {
      int groupEnd = (row / shape.views() + 1) * shape.views();
      int within = groupEnd - row - 1;
      int beyond = rows - groupEnd;
      reader.read(row * rows + row + 1, positive, nextPositive, within);
      reader.read(row * rows + groupEnd, negative, nextNegative, beyond);
      nextPositive += within;
      nextNegative += beyond;
    }
  }
}
