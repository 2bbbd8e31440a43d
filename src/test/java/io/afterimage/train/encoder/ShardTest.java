package io.afterimage.train.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.frame.Frame;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

class ShardTest {
  private static final int FRAMES = 8;
  private static final int SIZE = 16;
  private static final int DIM = 8;

  @ParameterizedTest
  @EnumSource(
      value = Normalization.class,
      names = {"GROUP", "WEIGHT"})
  void backward_inShards_givesTheGradientOfTheWhole(Normalization normalization) {
    EncoderSettings settings = new EncoderSettings(ResNetS.NAME, 8, 1, DIM, normalization, SIZE);
    try (ResNetS whole = ResNetS.forTraining(settings, FRAMES, 1, 3, DataType.DOUBLE);
        ResNetS sharded = ResNetS.forTraining(settings, FRAMES, 4, 3, DataType.DOUBLE)) {
      byte[] pixels = new byte[FRAMES * Frame.bytes(SIZE)];
      new Random(1).nextBytes(pixels);
      float[] expected = new float[FRAMES * DIM];
      float[] projections = new float[FRAMES * DIM];
      whole.forward(pixels, expected);
      sharded.forward(pixels, projections);
      assertThat(projections).containsExactly(expected, Offset.offset(1e-5f));

      float[] gradient = new float[FRAMES * DIM];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) Math.sin(i);
      }
      whole.backward(gradient);
      sharded.backward(gradient);
      for (Parameter parameter : whole.parameters()) {
        assertThat(sharded.readGradient(parameter.name()))
            .as(parameter.name())
            .containsExactly(whole.readGradient(parameter.name()), Offset.offset(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void forward_withAnotherNumberOfFrames_isRefused(Normalization normalization) {
    EncoderSettings settings = new EncoderSettings(ResNetS.NAME, 8, 1, DIM, normalization, SIZE);
    try (ResNetS encoder = ResNetS.forInference(settings, FRAMES)) {
      assertThatThrownBy(() -> encoder.forward(new byte[12], new float[FRAMES * DIM]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("pixels must have 6144 values, but had 12");
    }
  }
}
