package io.afterimage.train.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The whole encoder against PyTorch: same weights, same pixels, forward and backward. */
class ResNetSReferenceTest {
  private static final int FRAMES = 6;
  private static final int SAMPLES = 64;

  @ParameterizedTest
  @EnumSource
  void forwardAndBackward_inDouble_equalPyTorch(Normalization normalization) throws IOException {
    check(normalization, DataType.DOUBLE, 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void forwardAndBackward_inFloat_equalPyTorch(Normalization normalization) throws IOException {
    check(normalization, DataType.FLOAT, 2e-5);
  }

  /** The host's arrays are floats in either case, which bounds what double can show. */
  private static void check(Normalization normalization, DataType type, double tolerance)
      throws IOException {
    JsonNode reference = EncoderReference.of(normalization).get("step");
    EncoderSettings settings = new EncoderSettings(ResNetS.NAME, 8, 2, 16, normalization, 16);
    try (ResNetS encoder = ResNetS.forTraining(settings, FRAMES, 11, type)) {
      float[] projections = new float[FRAMES * 16];
      encoder.forward(EncoderReference.pixels(0, 3, 2, 16), projections);
      assertClose(
          "projections",
          projections,
          EncoderReference.doubles(reference.get("projections")),
          tolerance);

      float[] gradient = new float[projections.length];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) ((i * 2654435761L & 0xffffffffL) / 0x1p32 - 0.5);
      }
      encoder.backward(gradient);
      for (Parameter parameter : encoder.parameters()) {
        if (parameter.role().trained()) {
          String name = parameter.name();
          float[] actual = encoder.readGradient(name);
          double norm = norm(actual);
          double expectedNorm = reference.get("gradientNorms").get(name).asDouble();
          assertThat(norm).as(name).isCloseTo(expectedNorm, within(tolerance * expectedNorm));
          assertClose(
              name,
              sample(actual),
              EncoderReference.doubles(reference.get("gradientSamples").get(name)),
              tolerance);
        }
      }
    }
  }

  /** Against the greatest of the expected values. */
  private static void assertClose(
      String name, float[] actual, double[] expected, double tolerance) {
    assertThat(actual.length).as(name).isEqualTo(expected.length);
    double greatest = 0;
    for (double value : expected) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%d]", name, i)
          .isCloseTo(expected[i], within(tolerance * greatest));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  private static double norm(float[] values) {
    double square = 0;
    for (float value : values) {
      square += (double) value * value;
    }
    return Math.sqrt(square);
  }

  private static float[] sample(float[] values) {
    int stride = Math.max(1, (values.length + SAMPLES - 1) / SAMPLES);
    float[] samples = new float[(values.length + stride - 1) / stride];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = values[i * stride];
    }
    return samples;
  }
}
