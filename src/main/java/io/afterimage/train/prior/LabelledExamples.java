package io.afterimage.train.prior;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labeled groups seen so far, each once, with its newest embedding and its decayed count of
 * mini-batches.
 */
final class LabelledExamples {
  /** Most examples; beyond, the one least recently in a mini-batch is removed. */
  private static final int MOST = 1000;

  private final double kept;
  private final Map<String, Example> examples = new LinkedHashMap<>(16, 0.75f, true);

  /** One labeled group. */
  static final class Example {
    private final String camera;
    private final String label;
    private double[] embedding;
    private double weight;

    private Example(String camera, String label, double[] embedding, double weight) {
      this.camera = camera;
      this.label = label;
      this.embedding = embedding;
      this.weight = weight;
    }

    String camera() {
      return camera;
    }

    String label() {
      return label;
    }

    /** {@code (D)} the embedding from the group's last mini-batch. */
    double[] embedding() {
      return embedding;
    }

    /** The decayed number of mini-batches that the group was in. */
    double weight() {
      return weight;
    }
  }

  /**
   * @param kept decay factor of an observation per step
   */
  LabelledExamples(double kept) {
    this.kept = kept;
  }

  /**
   * Adds a mini-batch.
   *
   * @param embeddings {@code (B, D)} owned by this object from now on
   */
  void observe(Observation observation, double[][] embeddings) {
    examples.values().forEach(each -> each.weight *= kept);
    for (int group = 0; group < embeddings.length; group++) {
      String label = observation.labels().get(group);
      if (label != null) {
        String camera = observation.cameras().get(group);
        String key = observation.captureTimesMillis()[group] + " " + camera;
        Example known = examples.get(key);
        if (known == null) {
          examples.put(key, new Example(camera, label, embeddings[group], 1));
        } else {
          known.embedding = embeddings[group];
          known.weight++;
        }
      }
    }
    while (examples.size() > MOST) {
      examples.remove(examples.keySet().iterator().next());
    }
  }

  /** All examples, in an arbitrary but deterministic order. */
  List<Example> all() {
    return new ArrayList<>(examples.values());
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(examples.size());
    for (Map.Entry<String, Example> each : examples.entrySet()) {
      out.writeUTF(each.getKey());
      out.writeUTF(each.getValue().camera);
      out.writeUTF(each.getValue().label);
      out.writeDouble(each.getValue().weight);
      Doubles.write(each.getValue().embedding, out);
    }
  }

  void read(DataInput in) throws IOException {
    examples.clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String key = in.readUTF();
      String camera = in.readUTF();
      String label = in.readUTF();
      double weight = in.readDouble();
      examples.put(key, new Example(camera, label, Doubles.read(in), weight));
    }
  }
}
