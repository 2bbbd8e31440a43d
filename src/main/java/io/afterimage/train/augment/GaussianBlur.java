package io.afterimage.train.augment;

import io.afterimage.frame.Frame;
import java.util.Arrays;

/** A separable Gaussian blur of square pictures, edges extended by their outermost pixel. */
final class GaussianBlur {
  private final int size;
  private final int stride;
  private final float[] lines; // (S, S, 3): blurred along rows
  private final float[] padded; // (S + 2S, 3): one row with both its edges continued
  private final float[] kernel; // (S + 1): one half and the middle

  GaussianBlur(int size) {
    this.size = size;
    stride = size * Frame.CHANNELS;
    lines = new float[size * stride];
    padded = new float[3 * stride];
    kernel = new float[size + 1];
  }

  /**
   * Blurs in place.
   *
   * @param pixels {@code (S, S, 3)}
   * @param sigma the Gaussian's deviation (pixels)
   */
  void apply(float[] pixels, double sigma) {
    int radius = fillKernel(sigma);
    for (int y = 0; y < size; y++) {
      blurRow(pixels, y * stride, radius);
    }
    Arrays.fill(pixels, 0);
    for (int y = 0; y < size; y++) {
      for (int tap = -radius; tap <= radius; tap++) {
        int row = Math.min(Math.max(y + tap, 0), size - 1);
        add(kernel[Math.abs(tap)], lines, row * stride, pixels, y * stride);
      }
    }
  }

  private int fillKernel(double sigma) {
    int radius = Math.min((int) Math.ceil(3 * sigma), size);
    double sum = 0;
    for (int i = 0; i <= radius; i++) {
      double weight = Math.exp(-i * i / (2 * sigma * sigma));
      kernel[i] = (float) weight;
      sum += i == 0 ? weight : 2 * weight;
    }
    for (int i = 0; i <= radius; i++) {
      kernel[i] /= (float) sum;
    }
    return radius;
  }

  private void blurRow(float[] pixels, int at, int radius) {
    int last = at + stride - Frame.CHANNELS;
    for (int i = 1; i <= radius; i++) {
      for (int channel = 0; channel < Frame.CHANNELS; channel++) {
        padded[stride - i * Frame.CHANNELS + channel] = pixels[at + channel];
        padded[2 * stride + (i - 1) * Frame.CHANNELS + channel] = pixels[last + channel];
      }
    }
    System.arraycopy(pixels, at, padded, stride, stride);
    Arrays.fill(lines, at, at + stride, 0);
    for (int tap = -radius; tap <= radius; tap++) {
      add(kernel[Math.abs(tap)], padded, stride + tap * Frame.CHANNELS, lines, at);
    }
  }

  private void add(float weight, float[] from, int fromOffset, float[] to, int toOffset) {
    for (int i = 0; i < stride; i++) {
      to[toOffset + i] += weight * from[fromOffset + i];
    }
  }
}
