package io.afterimage.model;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.Parameter;
import io.afterimage.train.encoder.ResNetS;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Small encoders with every parameter away from where it starts, and frames for them. */
public final class Encoders {
  private Encoders() {}

  public static EncoderSettings small(Normalization normalization) {
    return new EncoderSettings(ResNetS.NAME, 8, 1, 16, normalization, 16);
  }

  public static EncoderSnapshot snapshot(EncoderSettings settings, long step, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (Parameter parameter : ResNetS.parameters(settings)) {
      float[] values = new float[parameter.length()];
      double deviation = 1.4 / Math.sqrt(parameter.fanIn());
      for (int i = 0; i < values.length; i++) {
        values[i] =
            (float)
                switch (parameter.role()) {
                  case KERNEL -> deviation * random.nextGaussian();
                  case GAIN -> 1 + 0.3 * random.nextGaussian();
                  case BIAS, RUNNING_MEAN -> 0.2 * random.nextGaussian();
                  case RUNNING_VARIANCE -> 0.5 + random.nextDouble();
                };
      }
      parameters.put(parameter.name(), values);
    }
    return new EncoderSnapshot(step, settings, parameters);
  }

  /** {@code (count, S, S, 3)}: noise on slopes, so that frames have structure. */
  public static byte[] frames(EncoderSettings settings, int count, long seed) {
    Random random = new Random(seed);
    int size = settings.frameSize();
    byte[] pixels = new byte[count * size * size * 3];
    for (int frame = 0; frame < count; frame++) {
      double x = random.nextGaussian();
      double y = random.nextGaussian();
      int base = random.nextInt(200);
      for (int i = 0; i < size * size * 3; i++) {
        int column = i / 3 % size;
        int row = i / 3 / size;
        double value = base + 4 * (x * column + y * row) + random.nextInt(40);
        pixels[frame * size * size * 3 + i] = (byte) Math.max(0, Math.min(255, value));
      }
    }
    return pixels;
  }
}
