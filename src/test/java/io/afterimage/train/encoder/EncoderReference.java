package io.afterimage.train.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;

/** Values computed by PyTorch; {@code src/test/python/encoder_reference.py} made it. */
public final class EncoderReference {
  private EncoderReference() {}

  /** The values for one kind of normalization. */
  public static JsonNode of(Normalization normalization) throws IOException {
    String name =
        "/encoder/reference-%s.json".formatted(normalization.name().toLowerCase(Locale.ROOT));
    try (InputStream in = EncoderReference.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in, name));
    }
  }

  /** {@code (groups * views, size, size, 3)} the pixels of one mini-batch. */
  public static byte[] pixels(int batch, int groups, int views, int size) {
    int length = size * size * 3;
    byte[] pixels = new byte[groups * views * length];
    for (int frame = 0; frame < groups * views; frame++) {
      for (int i = 0; i < length; i++) {
        int value = (hash(batch, frame / views, i) + hash(batch, 1000 + frame, i)) / 2;
        pixels[frame * length + i] = (byte) value;
      }
    }
    return pixels;
  }

  private static int hash(long batch, long frame, long i) {
    long mixed = ((batch * 7919 + frame) * 104729 + i) * 2654435761L;
    return (int) ((mixed & 0xffffffffL) >> 24);
  }

  /** Numbers of a list. */
  public static double[] doubles(JsonNode list) {
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).asDouble();
    }
    return values;
  }
}
