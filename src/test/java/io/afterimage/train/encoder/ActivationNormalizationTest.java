package io.afterimage.train.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ActivationNormalizationTest {
  private static final int GROUPS = 2;

  /** A mean square less the square of the mean would be wrong by a percent here. */
  @Test
  void forward_valuesFarFromZero_keepsTheDigitsOfTheirDifferences() {
    try (Buffers buffers = new Buffers(DataType.FLOAT, false)) {
      Tensor input = buffers.tensor(1, 4, 4, 4);
      Tensor output = buffers.tensor(1, 4, 4, 4);
      Random random = new Random(5);
      for (int i = 0; i < input.value().length(); i++) {
        input.value().putScalar(i, 100 + random.nextFloat());
      }
      new ActivationNormalization(
              input,
              output,
              buffers.filled(1, 4),
              buffers.array(4),
              null,
              ActivationNormalization.Averaging.groups(GROUPS, buffers),
              new Scratch(input.value().length(), buffers),
              buffers)
          .forward();
      for (int group = 0; group < GROUPS; group++) {
        double[] expected = normalized(input.value(), group);
        for (int i = 0; i < expected.length; i++) {
          assertThat(output.value().getDouble(at(i, group)))
              .isCloseTo(expected[i], Offset.offset(1e-4));
        }
      }
    }
  }

  private static double[] normalized(INDArray values, int group) {
    double[] own = new double[(int) values.length() / GROUPS];
    double mean = 0;
    for (int i = 0; i < own.length; i++) {
      own[i] = values.getDouble(at(i, group));
      mean += own[i] / own.length;
    }
    double variance = 0;
    for (double value : own) {
      variance += (value - mean) * (value - mean) / own.length;
    }
    for (int i = 0; i < own.length; i++) {
      own[i] = (own[i] - mean) / Math.sqrt(variance + ActivationNormalization.EPSILON);
    }
    return own;
  }

  /** The index of the i-th value of a group of two channels among four. */
  private static long at(int i, int group) {
    return i / 2 * 4L + group * 2L + i % 2;
  }
}
