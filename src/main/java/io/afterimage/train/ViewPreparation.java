package io.afterimage.train;

import io.afterimage.frame.Frame;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.augment.Augmenter;

/**
 * Copies the views of a mini-batch into one array, each augmented by its own draw, which is a
 * function of the seed, the step, and the view's position.
 */
final class ViewPreparation {
  /** One for the running step, one for the next. */
  private static final int ROOMS = 2;

  private final LearnerSettings settings;
  private final Augmenter augmenter;
  private final int viewBytes;
  private final byte[][] rooms; // (ROOMS, B*K*S*S*3), by step

  /**
   * @param seed the root of every draw
   */
  ViewPreparation(LearnerSettings settings, long seed) {
    this.settings = settings;
    augmenter = new Augmenter(settings.augmentation(), settings.encoder().frameSize(), seed);
    viewBytes = Frame.bytes(settings.encoder().frameSize());
    rooms = new byte[ROOMS][settings.groups() * settings.views() * viewBytes];
  }

  /**
   * Prepares a mini-batch.
   *
   * @param step the number of the step, from 1; the step two before it must have ended
   * @throws IllegalArgumentException if the mini-batch is not of the learner's shape
   */
  PreparedBatch prepare(MiniBatch batch, long step) {
    StepClock clock = new StepClock();
    requireShape(batch);
    byte[] pixels = rooms[(int) (step % ROOMS)];
    for (int i = 0; i < settings.groups(); i++) {
      PositiveGroup group = batch.groups().get(i);
      for (int view = 0; view < settings.views(); view++) {
        int to = (i * settings.views() + view) * viewBytes;
        augmenter.augment(group.pixels(), view * viewBytes, pixels, to, step, i, view);
      }
    }
    return new PreparedBatch(batch, step, pixels, clock.lap());
  }

  private void requireShape(MiniBatch batch) {
    if (batch.groups().size() != settings.groups()) {
      throw new IllegalArgumentException(
          "a mini-batch must have %d groups, but had %d"
              .formatted(settings.groups(), batch.groups().size()));
    }
    for (PositiveGroup group : batch.groups()) {
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
}
