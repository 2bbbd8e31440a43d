package io.afterimage.lab.evaluation;

/**
 * A measurement of a run after some steps.
 *
 * @param step steps so far
 * @param linear balanced accuracy of the linear probe on held-out objects
 * @param neighbours balanced accuracy of k nearest neighbors on held-out objects
 * @param loss mean since the last measurement, as all below
 * @param prior tau+ as the loss used it
 * @param identified share of steps with an identified prior
 * @param classPrior share of negative pairs that show one class
 * @param objectPrior share of the negatives, as the loss weights them, that show the anchor's
 *     object
 * @param clamped share of anchors at the clamp
 * @param spread of the embeddings
 */
record Measurement(
    int step,
    double linear,
    double neighbours,
    double loss,
    double prior,
    double identified,
    double classPrior,
    double objectPrior,
    double clamped,
    double spread) {}
