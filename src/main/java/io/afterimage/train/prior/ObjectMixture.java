package io.afterimage.train.prior;

/**
 * The share of negatives that show the anchor's object, from similarities by lag: those of the same
 * object are distributed like positives, the others like pairs of the same camera somewhat farther
 * apart.
 *
 * @param share of the negatives' weight
 * @param error its standard error
 * @param nearest the share among the pairs of the shortest lag
 */
record ObjectMixture(double share, double error, double nearest) {
  /*
   * A mixture proportion with both components known. With a score f(s) = p(s) / (p(s) + r(s)) of
   * the densities p of positives and r of the reference, a stratum of lags with the mean score m
   * has the share
   *
   *     (m - r) / (p - r),    p and r the mean scores of positives and of the reference,
   *
   * which is unbiased for any score; this score is the posterior at equal odds, and bounded, which
   * makes it suitable for few pairs. Pairs farther apart than the reference count as different
   * objects. Pairs share frames and objects; the share INDEPENDENT of them counts as independent in
   * the error.
   */
  private static final double INDEPENDENT = 0.5;

  /** Added to each bin of a density, since an empty bin is not informative. */
  private static final double SMOOTHING = 0.5;

  private record Score(double mean, double variance) {
    /** The square of the mean's standard error. */
    double squaredError(double pairs) {
      return variance / Math.max(1, INDEPENDENT * pairs);
    }
  }

  /**
   * @param reference the stratum of lags that are too long for one object
   * @param together number of histogram bins merged into one
   * @return NaN if there are no observations
   */
  static ObjectMixture of(LagSimilarities similarities, int reference, int together) {
    double[] positives = similarities.positives().masses(together);
    double[] others = similarities.negatives(reference).masses(together);
    double[] score = score(positives, others);
    Score p = mean(score, positives);
    Score r = mean(score, others);
    double contrast = p.mean() - r.mean();
    double share = 0;
    double weight = 0;
    double squared = 0;
    for (int stratum = 0; stratum < reference; stratum++) {
      double[] pairs = similarities.negatives(stratum).masses(together);
      double each = similarities.weight(stratum);
      if (each > 0) {
        Score m = mean(score, pairs);
        share += each * Math.max(0, m.mean() - r.mean()) / contrast;
        squared += each * each * m.squaredError(similarities.negatives(stratum).total());
        weight += each;
      }
    }
    squared += weight * weight * r.squaredError(similarities.negatives(reference).total());
    squared += share * share * p.squaredError(similarities.positives().total());
    double nearest =
        (mean(score, similarities.negatives(0).masses(together)).mean() - r.mean()) / contrast;
    return new ObjectMixture(share, Math.sqrt(squared) / contrast, nearest);
  }

  private static double[] score(double[] positives, double[] others) {
    double p = SMOOTHING * positives.length;
    double r = p;
    for (int bin = 0; bin < positives.length; bin++) {
      p += positives[bin];
      r += others[bin];
    }
    double[] score = new double[positives.length];
    for (int bin = 0; bin < score.length; bin++) {
      double ofPositives = (positives[bin] + SMOOTHING) / p;
      double ofOthers = (others[bin] + SMOOTHING) / r;
      score[bin] = ofPositives / (ofPositives + ofOthers);
    }
    return score;
  }

  private static Score mean(double[] score, double[] masses) {
    double total = 0;
    double sum = 0;
    double squares = 0;
    for (int bin = 0; bin < score.length; bin++) {
      total += masses[bin];
      sum += masses[bin] * score[bin];
      squares += masses[bin] * score[bin] * score[bin];
    }
    double mean = sum / total;
    return new Score(mean, squares / total - mean * mean);
  }
}
