package io.afterimage.train.augment;

import io.afterimage.frame.Frame;
import io.afterimage.random.SplitMix64;

/**
 * Augments views at random with crop, flip, blur and color changes, as in SimCLR (Chen et al., ICML
 * 2020, arXiv:2002.05709).
 *
 * <p>The result is a pure function of the view's pixels and of (seed, step, group, view),
 * independent of threads and of the order of calls. One instance serves one thread at a time: it
 * owns its scratch buffers.
 */
public final class Augmenter {
  /*
   * Crop and flip are one bilinear resize: along rows into `rows`, then along columns into
   * `pixels`. A crop is never larger than the frame; it is never shrunk, and bilinear interpolation
   * needs no area averaging. Color is one affine map per pixel (ColorChange), applied while the
   * bytes are written. Blur comes before it, which gives the same result except for clipping at
   * black and white.
   */

  /** The largest aspect ratio of a crop, in either direction. */
  private static final double MAX_ASPECT = 4.0 / 3;

  private static final int CROP_ATTEMPTS = 10;

  private final AugmentationSettings settings;
  private final int size;
  private final long seed;
  private final ColorChange color = new ColorChange();
  private final GaussianBlur blur;
  private final Taps columns;
  private final Taps lines;
  private final float[] rows; // (S, S, 3): source rows, resized along the row
  private final float[] pixels; // (S, S, 3)

  /**
   * An augmenter with its scratch buffers.
   *
   * @param size height and width S of every view (pixels)
   * @param seed the root of every draw
   */
  public Augmenter(AugmentationSettings settings, int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, but was " + size);
    }
    this.settings = settings;
    this.size = size;
    this.seed = seed;
    blur = new GaussianBlur(size);
    columns = new Taps(size);
    lines = new Taps(size);
    rows = new float[Frame.bytes(size)];
    pixels = new float[Frame.bytes(size)];
  }

  /**
   * Writes an augmented view.
   *
   * @param from holds the view {@code (S, S, 3)} from {@code fromOffset} on; only read
   * @param to receives the augmented view {@code (S, S, 3)} from {@code toOffset} on; may be {@code
   *     from}
   * @param step the training step
   * @param group the view's group within the mini-batch
   * @param view the view within its group
   */
  public void augment(
      byte[] from, int fromOffset, byte[] to, int toOffset, long step, int group, int view) {
    SplitMix64 random = random(step, group, view);
    crop(random);
    resize(from, fromOffset);
    if (random.nextDouble() < settings.blurProbability()) {
      blur.apply(pixels, between(random, 0.1, 1) * size / 32);
    }
    color.draw(settings, random, pixels);
    color.apply(pixels, to, toOffset);
  }

  private SplitMix64 random(long step, int group, int view) {
    long key = new SplitMix64(seed).nextLong();
    key = new SplitMix64(key ^ step).nextLong();
    return new SplitMix64(key ^ ((long) group << 32 | view));
  }

  private void crop(SplitMix64 random) {
    double width = 1;
    double height = 1;
    if (settings.cropMinArea() < 1) {
      for (int attempt = 0; attempt < CROP_ATTEMPTS; attempt++) {
        double area = between(random, settings.cropMinArea(), 1);
        double logAspect = between(random, -1, 1) * Math.log(MAX_ASPECT);
        double w = Math.sqrt(area * Math.exp(logAspect));
        double h = Math.sqrt(area * Math.exp(-logAspect));
        if (w <= 1 && h <= 1) {
          width = w;
          height = h;
          break;
        }
      }
    }
    columns.set(random.nextDouble() * (1 - width), width);
    lines.set(random.nextDouble() * (1 - height), height);
    if (random.nextDouble() < settings.flipProbability()) {
      columns.reverse();
    }
  }

  private void resize(byte[] from, int fromOffset) {
    int stride = size * Frame.CHANNELS;
    for (int y = lines.least(); y <= lines.most(); y++) {
      resizeRow(from, fromOffset + y * stride, y * stride);
    }
    for (int y = 0; y < size; y++) {
      int above = lines.first[y] * stride;
      int below = lines.second[y] * stride;
      float weight = lines.weight[y];
      int out = y * stride;
      for (int i = 0; i < stride; i++) {
        float a = rows[above + i];
        pixels[out + i] = a + weight * (rows[below + i] - a);
      }
    }
  }

  private void resizeRow(byte[] from, int in, int out) {
    int next = out;
    for (int x = 0; x < size; x++) {
      int left = in + columns.first[x] * Frame.CHANNELS;
      int right = in + columns.second[x] * Frame.CHANNELS;
      float weight = columns.weight[x];
      for (int channel = 0; channel < Frame.CHANNELS; channel++) {
        float a = from[left + channel] & 0xFF;
        rows[next++] = a + weight * ((from[right + channel] & 0xFF) - a);
      }
    }
  }

  private static double between(SplitMix64 random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
