package io.afterimage.lab.evaluation;

import io.afterimage.train.encoder.Normalization;

/**
 * The size of an evaluation.
 *
 * @param steps training steps of a run
 * @param measureEvery steps from one measurement to the next
 * @param frameSize height and width of a frame (pixels)
 * @param width channels of the encoder's first stage
 * @param normalization how the encoder's activations are normalized
 * @param embeddingSize dimension D of an embedding
 * @param groups groups B of a mini-batch of two views; fewer with more views, for the same number
 *     of frames per step
 * @param freshGroups fresh groups among them
 * @param memory groups in the long tier
 * @param probeTraining labeled scenes that a probe is trained on
 * @param probeTest labeled scenes that it is evaluated on
 * @param labelsPerClass mean number of labeled groups per class
 */
record Scale(
    int steps,
    int measureEvery,
    int frameSize,
    int width,
    Normalization normalization,
    int embeddingSize,
    int groups,
    int freshGroups,
    int memory,
    int probeTraining,
    int probeTest,
    int labelsPerClass) {
  static final Scale FULL =
      new Scale(400, 100, 16, 8, Normalization.GROUP, 64, 32, 8, 1500, 1000, 1000, 10);
  static final Scale QUICK =
      new Scale(150, 75, 16, 8, Normalization.GROUP, 32, 32, 8, 500, 600, 600, 10);

  Scale with(int newSteps, int newFrameSize, int newWidth, Normalization newNormalization) {
    return new Scale(
        newSteps,
        Math.min(measureEvery, newSteps),
        newFrameSize,
        newWidth,
        newNormalization,
        embeddingSize,
        groups,
        freshGroups,
        memory,
        probeTraining,
        probeTest,
        labelsPerClass);
  }
}
