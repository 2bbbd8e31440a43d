package io.afterimage.lab.evaluation;

import io.afterimage.train.encoder.Normalization;
import org.jspecify.annotations.Nullable;

/**
 * Changes to the default scale; null keeps the default value.
 *
 * @param steps training steps of a run
 * @param frameSize height and width of a frame (pixels)
 * @param width channels of the encoder's first stage
 * @param normalization how the encoder's activations are normalized
 */
public record ScaleChange(
    @Nullable Integer steps,
    @Nullable Integer frameSize,
    @Nullable Integer width,
    @Nullable Normalization normalization) {
  /** Changes nothing. */
  public static final ScaleChange NONE = new ScaleChange(null, null, null, null);

  Scale of(Scale usual) {
    return usual.with(
        atLeast("--steps", 1, steps, usual.steps()),
        atLeast("--frame-size", 16, frameSize, usual.frameSize()),
        atLeast("--width", 8, width, usual.width()),
        normalization == null ? usual.normalization() : normalization);
  }

  private static int atLeast(String option, int least, @Nullable Integer given, int usual) {
    if (given != null && given < least) {
      throw new IllegalArgumentException(
          "%s must be >= %d, but was %d".formatted(option, least, given));
    }
    return given == null ? usual : given;
  }
}
