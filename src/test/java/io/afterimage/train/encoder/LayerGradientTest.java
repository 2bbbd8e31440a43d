package io.afterimage.train.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every layer's gradients against central differences, in double: of the sum of its outputs, each
 * times a random weight.
 */
class LayerGradientTest {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-7;

  private final Buffers buffers = new Buffers(DataType.DOUBLE, true);
  private final Random random = new Random(3);

  @AfterEach
  void close() {
    buffers.close();
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 6", "3, 2, 6", "3, 2, 5", "3, 1, 5"})
  void convolution_anyStrideAndSize_hasTheGradientOfItsValues(int side, int stride, int size) {
    Tensor input = random(2, size, size, 4);
    Tensor output = random(2, half(size, stride), half(size, stride), 8);
    Tensor kernel = random(side, side, 4, 8);
    check(new Convolution(input, output, kernel, stride, buffers), input, output, kernel);
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 6", "2, 5"})
  void pointwiseConvolution_anyStrideAndSize_hasTheGradientOfItsValues(int stride, int size) {
    Tensor input = random(2, size, size, 4);
    Tensor output = random(2, half(size, stride), half(size, stride), 8);
    Tensor kernel = random(1, 1, 4, 8);
    check(new PointwiseConvolution(input, output, kernel, stride, buffers), input, output, kernel);
  }

  @Test
  void stemConvolution_always_hasTheGradientOfItsKernel() {
    Tensor pixels = random(2, 6, 6, 3);
    Tensor output = random(2, 6, 6, 8);
    Tensor kernel = random(3, 3, 3, 8);
    Layer layer = new StemConvolution(pixels.value(), output, kernel, buffers);
    check(layer, null, output, kernel);
  }

  @Test
  void activationNormalization_overGroups_hasTheGradientOfItsValues() {
    Tensor input = random(3, 4, 4, 16);
    checkNormalization(input, 2, ActivationNormalization.Averaging.groups(8, buffers));
  }

  @Test
  void activationNormalization_overFrames_hasTheGradientOfItsValues() {
    Tensor input = random(3, 4, 4, 8);
    checkNormalization(input, 3, ActivationNormalization.Averaging.frames(buffers));
  }

  private void checkNormalization(
      Tensor input, long framesOfSlice, ActivationNormalization.Averaging averaging) {
    Tensor output = random(input.value().shape());
    Tensor gain = random(input.size(3));
    Tensor bias = random(input.size(3));
    AffineGradient affine = new AffineGradient(input, gain, bias, buffers);
    Slices slices =
        new Slices(
            input.size(0),
            framesOfSlice,
            slice ->
                List.of(
                    new ActivationNormalization(
                        slice.of(input),
                        slice.of(output),
                        gain.value(),
                        bias.value(),
                        affine.means(slice),
                        averaging,
                        new Scratch(input.value().length(), buffers),
                        buffers)));
    check(sequence(affine, slices), input, output, gain, bias);
  }

  private static Layer sequence(Layer first, Layer second) {
    return new Layer() {
      @Override
      public void forward() {
        first.forward();
        second.forward();
      }

      @Override
      public void backward() {
        second.backward();
        first.backward();
      }
    };
  }

  @Test
  void weightStandardization_always_hasTheGradientOfItsValues() {
    Tensor raw = random(3, 3, 4, 5);
    Tensor kernel = random(3, 3, 4, 5);
    Tensor gain = random(5);
    check(new WeightStandardization(raw, gain, kernel, 1.7, buffers), raw, kernel, gain);
  }

  @Test
  void rectifier_awayFromZero_hasTheGradientOfItsValues() {
    Tensor tensor = random(2, 3, 3, 4);
    check(new Rectifier(tensor, new Scratch(tensor.value().length(), buffers)), tensor, tensor);
  }

  @Test
  void bias_always_hasTheGradientOfItsValues() {
    Tensor tensor = random(2, 3, 3, 4);
    Tensor bias = random(4);
    check(new Bias(tensor, bias, buffers), tensor, tensor, bias);
  }

  @Test
  void linear_always_hasTheGradientOfItsValues() {
    Tensor input = random(3, 5);
    Tensor output = random(3, 4);
    Tensor matrix = random(5, 4);
    check(new Linear(input, output, matrix), input, output, matrix);
  }

  @Test
  void globalAveragePooling_always_hasTheGradientOfItsValues() {
    Tensor input = random(2, 3, 4, 5);
    Tensor output = random(2, 5);
    check(new GlobalAveragePooling(input, output, buffers), input, output);
  }

  private static int half(int size, int stride) {
    return (size + stride - 1) / stride;
  }

  private Tensor random(long... shape) {
    Tensor tensor = buffers.tensor(shape);
    INDArray value = tensor.value();
    for (long i = 0; i < value.length(); i++) {
      value.putScalar(i, random.nextDouble() * 2 - 1);
    }
    return tensor;
  }

  /**
   * @param input null if the layer gives its input no gradient
   */
  private void check(Layer layer, Tensor input, Tensor output, Tensor... parameters) {
    try (INDArray weights = Nd4j.rand(DataType.DOUBLE, output.value().shape())) {
      List<Tensor> changed =
          input == null
              ? List.of(parameters)
              : java.util.stream.Stream.concat(
                      java.util.stream.Stream.of(input), java.util.stream.Stream.of(parameters))
                  .toList();
      List<INDArray> start = changed.stream().map(tensor -> tensor.value().dup()).toList();
      layer.forward();
      output.trainedGradient().assign(weights);
      layer.backward();
      List<INDArray> gradients =
          changed.stream().map(tensor -> tensor.trainedGradient().dup()).toList();
      for (int i = 0; i < changed.size(); i++) {
        INDArray value = changed.get(i).value();
        long stride = Math.max(1, value.length() / 97);
        for (long at = 0; at < value.length(); at += stride) {
          double expected =
              (sum(layer, changed, start, i, at, STEP, output, weights)
                      - sum(layer, changed, start, i, at, -STEP, output, weights))
                  / (2 * STEP);
          assertThat(gradients.get(i).getDouble(at))
              .as("gradient %d of tensor %d", at, i)
              .isCloseTo(expected, Offset.offset(TOLERANCE * Math.max(1, Math.abs(expected))));
        }
      }
    }
  }

  private static double sum(
      Layer layer,
      List<Tensor> changed,
      List<INDArray> start,
      int tensor,
      long at,
      double step,
      Tensor output,
      INDArray weights) {
    for (int i = 0; i < changed.size(); i++) {
      changed.get(i).value().assign(start.get(i));
    }
    INDArray value = changed.get(tensor).value();
    value.putScalar(at, value.getDouble(at) + step);
    layer.forward();
    return output.value().mul(weights).sumNumber().doubleValue();
  }
}
