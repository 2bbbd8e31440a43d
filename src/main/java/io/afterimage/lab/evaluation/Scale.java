package io.afterimage.lab.evaluation;

import io.afterimage.train.encoder.Normalization;

/**
 * How large an evaluation is.
 *
 * @param steps training steps of a run
 * @param measureEvery steps from one measurement to the next
 * @param frameSize height and width of a frame (pixels)
 * @param width channels of the encoder's first stage
 * @param normalization how the encoder's activations are kept in scale
 * @param embeddingSize numbers D of an embedding
 * @param groups groups B of a mini-batch of two views; with more views there are fewer, so that a
 *     step takes as many frames
 * @param freshGroups fresh ones of them
 * @param memory groups in the long tier
 * @param probeTraining labelled scenes that a probe is trained on
 * @param probeTest labelled scenes that it is judged on
 * @param labelsPerClass groups that carry a label, for each class, in the mean over the classes
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
