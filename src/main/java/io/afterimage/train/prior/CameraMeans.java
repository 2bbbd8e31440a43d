package io.afterimage.train.prior;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The decayed mean embedding of each camera. A fixed camera's background is in all its frames;
 * subtracting the mean leaves the moving content.
 */
final class CameraMeans {
  /** Most cameras; beyond, the camera that was silent the longest is removed. */
  private static final int MOST = 256;

  private final double kept;
  private final Map<String, Sum> sums = new LinkedHashMap<>(); // the silent longest first

  private static final class Sum {
    double weight;
    double[] values;

    Sum(int dimension) {
      values = new double[dimension];
    }
  }

  /**
   * @param kept decay factor of an observation per step
   */
  CameraMeans(double kept) {
    this.kept = kept;
  }

  /**
   * Adds a mini-batch.
   *
   * @param embeddings {@code (B, D)} the mean embedding of each group's views; read only
   */
  void observe(List<String> cameras, double[][] embeddings) {
    for (Sum sum : sums.values()) {
      sum.weight *= kept;
      for (int i = 0; i < sum.values.length; i++) {
        sum.values[i] *= kept;
      }
    }
    for (int group = 0; group < embeddings.length; group++) {
      double[] embedding = embeddings[group];
      Sum known = sums.remove(cameras.get(group));
      Sum sum = known == null ? new Sum(embedding.length) : known;
      sums.put(cameras.get(group), sum);
      sum.weight++;
      for (int i = 0; i < embedding.length; i++) {
        sum.values[i] += embedding[i];
      }
    }
    while (sums.size() > MOST) {
      sums.remove(sums.keySet().iterator().next());
    }
  }

  /** An embedding less the mean of its camera; the embedding itself if the camera is unknown. */
  double[] centred(String camera, double[] embedding) {
    Sum sum = sums.get(camera);
    double[] centred = embedding.clone();
    if (sum != null) {
      for (int i = 0; i < centred.length; i++) {
        centred[i] -= sum.values[i] / sum.weight;
      }
    }
    return centred;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(sums.size());
    for (Map.Entry<String, Sum> each : sums.entrySet()) {
      out.writeUTF(each.getKey());
      out.writeDouble(each.getValue().weight);
      Doubles.write(each.getValue().values, out);
    }
  }

  void read(DataInput in) throws IOException {
    sums.clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String camera = in.readUTF();
      Sum sum = new Sum(0);
      sum.weight = in.readDouble();
      sum.values = Doubles.read(in);
      sums.put(camera, sum);
    }
  }
}
