package io.afterimage.train.encoder;

/** How an encoder keeps its activations in scale. None of these mixes frames but {@link #BATCH}. */
public enum Normalization {
  /** Group normalisation over 8 groups of channels (Wu and He, ECCV 2018, arXiv:1803.08494). */
  GROUP,
  /**
   * Scaled weight standardisation without normalised activations (Brock et al., ICLR 2021,
   * arXiv:2101.08692).
   */
  WEIGHT,
  /** Batch normalisation; mixes the frames of a mini-batch, kept for comparison. */
  BATCH
}
