package io.afterimage.model.onnx;

import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.FrozenConvolution;
import io.afterimage.train.encoder.FrozenLinear;
import io.afterimage.train.encoder.FrozenResNetS;
import java.util.function.DoubleUnaryOperator;

/** The encoder as slow loops in double precision: what rounding would have to come out at. */
final class DoublePrecision {
  private final FrozenResNetS encoder;

  DoublePrecision(EncoderSnapshot snapshot) {
    encoder = new FrozenResNetS(snapshot.settings(), snapshot.parameters());
  }

  /** The embedding of the frame at a place of {@code (N, S, S, 3)}. */
  double[] embed(byte[] frames, int index) {
    int size = encoder.settings().frameSize();
    double[][][] x = new double[3][size][size]; // (C, H, W)
    for (int i = 0; i < size * size * 3; i++) {
      int pixel = frames[index * size * size * 3 + i] & 0xff;
      x[i % 3][i / 3 / size][i / 3 % size] = pixel / 255.0;
    }
    x = rectified(convolution("stem", x, 1));
    for (int stage = 1; stage <= encoder.stages(); stage++) {
      for (int block = 1; block <= encoder.settings().depth(); block++) {
        x = block("stage%d.block%d.".formatted(stage, block), x, encoder.stride(stage, block));
      }
    }
    double[] hidden = linear(encoder.linear("hidden"), means(x));
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(0, hidden[i]);
    }
    return unit(linear(encoder.linear("projection"), hidden));
  }

  private double[][][] block(String name, double[][][] x, int stride) {
    double[][][] shortcut =
        encoder.has(name + "shortcut") ? convolution(name + "shortcut", x, stride) : x;
    double[][][] y = rectified(convolution(name + "first", x, stride));
    y = convolution(name + "second", y, 1);
    for (int c = 0; c < y.length; c++) {
      for (int i = 0; i < y[c].length; i++) {
        for (int j = 0; j < y[c].length; j++) {
          y[c][i][j] += shortcut[c][i][j];
        }
      }
    }
    return rectified(y);
  }

  private double[][][] convolution(String name, double[][][] x, int stride) {
    FrozenConvolution convolution = encoder.convolution(name);
    int size = (x[0].length + stride - 1) / stride;
    double[][][] y = new double[convolution.outputs()][size][size];
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          y[o][i][j] = window(convolution, x, o, i * stride, j * stride);
        }
      }
    }
    if (convolution.groups() != null) {
      normalize(convolution.groups(), y);
    }
    for (int o = 0; o < y.length; o++) {
      double bias = convolution.bias()[o];
      change(y[o], value -> value + bias);
    }
    return y;
  }

  private static double window(
      FrozenConvolution convolution, double[][][] x, int o, int row, int column) {
    int side = convolution.side();
    double sum = 0;
    for (int place = 0; place < side * side; place++) {
      int r = row + place / side - side / 2;
      int c = column + place % side - side / 2;
      if (r >= 0 && r < x[0].length && c >= 0 && c < x[0].length) {
        for (int in = 0; in < x.length; in++) {
          int weight = (place * x.length + in) * convolution.outputs() + o;
          sum += x[in][r][c] * convolution.kernel()[weight];
        }
      }
    }
    return sum;
  }

  private static void normalize(FrozenConvolution.Groups groups, double[][][] y) {
    int channels = y.length / groups.count();
    double count = (double) channels * y[0].length * y[0].length;
    for (int first = 0; first < y.length; first += channels) {
      double sum = 0;
      double square = 0;
      for (int c = first; c < first + channels; c++) {
        for (double[] row : y[c]) {
          for (double value : row) {
            sum += value;
            square += value * value;
          }
        }
      }
      double mean = sum / count;
      double deviation = Math.sqrt(square / count - mean * mean + groups.epsilon());
      for (int c = first; c < first + channels; c++) {
        double gain = groups.gain()[c];
        change(y[c], value -> (value - mean) / deviation * gain);
      }
    }
  }

  private static double[][][] rectified(double[][][] x) {
    for (double[][] channel : x) {
      change(channel, value -> Math.max(0, value));
    }
    return x;
  }

  private static void change(double[][] channel, DoubleUnaryOperator operator) {
    for (double[] row : channel) {
      for (int j = 0; j < row.length; j++) {
        row[j] = operator.applyAsDouble(row[j]);
      }
    }
  }

  private static double[] means(double[][][] x) {
    double[] means = new double[x.length];
    for (int c = 0; c < x.length; c++) {
      for (double[] row : x[c]) {
        for (double value : row) {
          means[c] += value / (row.length * row.length);
        }
      }
    }
    return means;
  }

  private static double[] linear(FrozenLinear linear, double[] x) {
    double[] y = new double[linear.outputs()];
    for (int o = 0; o < y.length; o++) {
      y[o] = linear.bias()[o];
      for (int i = 0; i < x.length; i++) {
        y[o] += x[i] * linear.kernel()[i * y.length + o];
      }
    }
    return y;
  }

  private static double[] unit(double[] x) {
    double square = 0;
    for (double value : x) {
      square += value * value;
    }
    for (int i = 0; i < x.length; i++) {
      x[i] /= Math.sqrt(square);
    }
    return x;
  }
}
