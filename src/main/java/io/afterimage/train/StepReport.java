package io.afterimage.train;

import io.afterimage.train.prior.PriorEstimate;

/**
 * The report of one step: the record of the topic {@code training} and the source of the metrics.
 *
 * @param step number of the step, from 1; skipped steps are numbered, too
 * @param loss the debiased contrastive loss
 * @param prior tau+ as this step used it
 * @param clampedFraction share of anchors whose negative term was clamped to its floor
 * @param positiveSimilarity mean cosine similarity of positive pairs
 * @param negativeSimilarity mean cosine similarity of negative pairs
 * @param positiveHistogram positive pairs by similarity, equal bins over [-1, 1]
 * @param negativeHistogram negative pairs by similarity, equal bins over [-1, 1]
 * @param gradientNorm Euclidean norm of the whole gradient before clipping
 * @param embeddingSpread root mean square distance of embeddings from their mean: 1 if they fill
 *     the sphere, 0 if they collapsed
 * @param learningRate rate of this step
 * @param skipped whether the update was skipped because loss or gradient was not finite
 * @param framesSeen accepted frames up to this step, each counted once
 * @param groupsSeen positive groups up to this step, each counted once
 * @param memoryFill share of the replay memory's long tier that is filled
 * @param replayAgeMillis mean age of the replayed groups (milliseconds), NaN if none was replayed
 * @param phases times of the phases
 */
public record StepReport(
    long step,
    double loss,
    PriorEstimate prior,
    double clampedFraction,
    double positiveSimilarity,
    double negativeSimilarity,
    int[] positiveHistogram,
    int[] negativeHistogram,
    double gradientNorm,
    double embeddingSpread,
    double learningRate,
    boolean skipped,
    long framesSeen,
    long groupsSeen,
    double memoryFill,
    double replayAgeMillis,
    StepPhases phases) {
  /** The same report with other times. */
  public StepReport withPhases(StepPhases other) {
    return new StepReport(
        step,
        loss,
        prior,
        clampedFraction,
        positiveSimilarity,
        negativeSimilarity,
        positiveHistogram,
        negativeHistogram,
        gradientNorm,
        embeddingSpread,
        learningRate,
        skipped,
        framesSeen,
        groupsSeen,
        memoryFill,
        replayAgeMillis,
        other);
  }
}
