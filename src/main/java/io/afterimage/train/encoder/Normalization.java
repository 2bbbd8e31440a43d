package io.afterimage.train.encoder;

/** The normalization of an encoder's activations. Only {@link #BATCH} mixes frames. */
public enum Normalization {
  /** Group normalization over 8 groups of channels (Wu and He, ECCV 2018, arXiv:1803.08494). */
  GROUP,
  /**
   * Scaled weight standardization without normalized activations (Brock et al., ICLR 2021,
   * arXiv:2101.08692).
   */
  WEIGHT,
  /** Batch normalization; mixes the frames of a mini-batch, kept for comparison. */
  BATCH
}
