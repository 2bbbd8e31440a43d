package io.afterimage.model;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.Parameter;
import io.afterimage.train.encoder.ResNetS;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Encoder snapshots as NumPy archives: one array per parameter, with the parameter's name and
 * shape, and the encoder's settings under the names of their options.
 *
 * <pre>{@code
 * z = numpy.load("encoder.npz")
 * z["stage1.block1.first.kernel"]   # (kH, kW, in, out), float32
 * z["encoder.width"].item()         # 32
 * z["step"].item()                  # 300
 * }</pre>
 */
public final class EncoderNpz {
  private static final String STEP = "step";
  private static final String PREPROCESSING = "preprocessing";

  private EncoderNpz() {}

  public static void write(EncoderSnapshot snapshot, OutputStream out) throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put(STEP, NpyArray.integer(snapshot.step()));
    EncoderProperties.of(snapshot.settings())
        .forEach(
            (option, value) ->
                arrays.put(
                    option,
                    value.matches("-?\\d+")
                        ? NpyArray.integer(Long.parseLong(value))
                        : NpyArray.text(value)));
    arrays.put(PREPROCESSING, NpyArray.text(EncoderSnapshotCodec.PREPROCESSING));
    for (Parameter parameter : ResNetS.parameters(snapshot.settings())) {
      float[] values = snapshot.parameters().get(parameter.name());
      arrays.put(parameter.name(), NpyArray.floats(values, parameter.shape()));
    }
    NpzArchive.write(arrays, out);
  }

  /**
   * A snapshot from an archive.
   *
   * @throws IOException if the bytes are not an archive, or an option or parameter is missing,
   *     unknown or of another shape
   */
  public static EncoderSnapshot read(byte[] bytes) throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>(NpzArchive.read(bytes));
    long step;
    EncoderSettings settings;
    String preprocessing = text(arrays, PREPROCESSING);
    if (!preprocessing.equals(EncoderSnapshotCodec.PREPROCESSING)) {
      throw new IOException(
          "it requires frames preprocessed as %s, but only %s is known"
              .formatted(preprocessing, EncoderSnapshotCodec.PREPROCESSING));
    }
    try {
      step = Long.parseLong(text(arrays, STEP));
      Map<String, String> options = new LinkedHashMap<>();
      for (String option : EncoderProperties.names()) {
        options.put(option, text(arrays, option));
      }
      settings = EncoderProperties.read(options);
    } catch (IllegalArgumentException e) {
      throw new IOException("the archive is not a valid encoder: " + e.getMessage(), e);
    }
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (Parameter parameter : ResNetS.parameters(settings)) {
      parameters.put(parameter.name(), values(parameter, take(arrays, parameter.name())));
    }
    if (!arrays.isEmpty()) {
      throw new IOException(
          "the archive has arrays that the encoder does not know: "
              + String.join(", ", new TreeSet<>(arrays.keySet())));
    }
    return new EncoderSnapshot(step, settings, parameters);
  }

  private static float[] values(Parameter parameter, NpyArray array) throws IOException {
    NpyArray expected = NpyArray.floats(new float[0], parameter.shape());
    if (!array.shownShape().equals(expected.shownShape())) {
      throw new IOException(
          "%s must have shape %s, but had %s"
              .formatted(parameter.name(), expected.shownShape(), array.shownShape()));
    }
    try {
      return array.toFloats();
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(parameter.name(), e.getMessage()), e);
    }
  }

  private static String text(Map<String, NpyArray> arrays, String name) throws IOException {
    try {
      return take(arrays, name).toText();
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static NpyArray take(Map<String, NpyArray> arrays, String name) throws IOException {
    NpyArray array = arrays.remove(name);
    if (array == null) {
      throw new IOException("the archive has no array " + name);
    }
    return array;
  }
}
