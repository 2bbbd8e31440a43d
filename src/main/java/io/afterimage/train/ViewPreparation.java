package io.afterimage.train;

import io.afterimage.frame.Frame;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.augment.Augmenter;

/** Lays the views of a mini-batch side by side, each changed by its own draw. */
final class ViewPreparation {
  private final LearnerSettings settings;
  private final Augmenter augmenter;
  private final int viewBytes;

  /**
   * @param seed the root of every draw
   */
  ViewPreparation(LearnerSettings settings, long seed) {
    this.settings = settings;
    augmenter = new Augmenter(settings.augmentation(), settings.encoder().frameSize(), seed);
    viewBytes = Frame.bytes(settings.encoder().frameSize());
  }

  /** Room for one mini-batch. */
  PreparedBatch room() {
    return new PreparedBatch(settings.groups() * settings.views() * viewBytes);
  }

  /**
   * Makes a mini-batch ready.
   *
   * @param step the number of the step, from 1
   * @throws IllegalArgumentException if the mini-batch is not of the learner's shape
   */
  void prepare(MiniBatch batch, long step, PreparedBatch prepared) {
    long start = System.nanoTime();
    if (batch.groups().size() != settings.groups()) {
      throw new IllegalArgumentException(
          "a mini-batch must have %d groups, but had %d"
              .formatted(settings.groups(), batch.groups().size()));
    }
    for (int i = 0; i < settings.groups(); i++) {
      PositiveGroup group = batch.groups().get(i);
      requireShape(group);
      for (int view = 0; view < settings.views(); view++) {
        int to = (i * settings.views() + view) * viewBytes;
        augmenter.augment(group.pixels(), view * viewBytes, prepared.pixels(), to, step, i, view);
      }
    }
    prepared.set(batch, step, System.nanoTime() - start);
  }

  private void requireShape(PositiveGroup group) {
    if (group.views() != settings.views() || group.size() != settings.encoder().frameSize()) {
      throw new IllegalArgumentException(
          "a group must have %d views of size %d, but one of camera %s had %d of size %d"
              .formatted(
                  settings.views(),
                  settings.encoder().frameSize(),
                  group.camera(),
                  group.views(),
                  group.size()));
    }
  }
}
