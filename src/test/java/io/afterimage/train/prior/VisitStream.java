package io.afterimage.train.prior;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Mini-batches of four cameras that objects visit one after the other: half of a mini-batch is what
 * came in the last two seconds, half is drawn from the minute before.
 */
final class VisitStream {
  private static final int CAMERAS = 4;
  private static final int FRESH = 4;
  private static final int DIMENSION = 16;
  private static final int HISTORY = CAMERAS * 128;
  private static final long EVERY_MILLIS = 500;

  private final Random random;
  private final double[][] backgrounds = new double[CAMERAS][];
  private final double[][] classes = new double[2][];
  private final double[][] objects = new double[CAMERAS][];
  private final long[] numbers = new long[CAMERAS];
  private final List<Group> history = new ArrayList<>();
  private final double noise;
  private long visitMillis;
  private long time;
  private long visits;
  private double same;
  private double anchors;

  private record Group(int camera, long time, long object, double[][] views) {}

  /**
   * @param visitMillis how long an object stays
   * @param noise deviation between two groups of one object, in each direction
   */
  VisitStream(long visitMillis, double noise, long seed) {
    this.visitMillis = visitMillis;
    this.noise = noise;
    random = new Random(seed);
    for (int camera = 0; camera < CAMERAS; camera++) {
      backgrounds[camera] = vector(2);
    }
    for (int i = 0; i < classes.length; i++) {
      classes[i] = vector(0.5);
    }
  }

  private double[] vector(double length) {
    double[] vector = new double[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      vector[d] = length * random.nextGaussian() / Math.sqrt(DIMENSION);
    }
    return vector;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int d = 0; d < sum.length; d++) {
      sum[d] += b[d];
    }
    return sum;
  }

  void stay(long newVisitMillis) {
    visitMillis = newVisitMillis;
  }

  /** The share of negatives of one object since the last call, with the weights that were given. */
  double objectPrior() {
    double prior = same / anchors;
    same = 0;
    anchors = 0;
    return prior;
  }

  /**
   * @param ownCamera whether only negatives of the anchor's own camera count
   */
  Observation next(boolean ownCamera) {
    List<Group> batch = new ArrayList<>();
    for (int i = 0; i < FRESH; i++) {
      for (int camera = 0; camera < CAMERAS; camera++) {
        batch.add(group(camera));
      }
      time += EVERY_MILLIS;
    }
    List<Group> old = new ArrayList<>(history);
    Collections.shuffle(old, random);
    history.addAll(batch);
    batch.addAll(old.subList(0, Math.min(batch.size(), old.size())));
    while (history.size() > HISTORY) {
      history.remove(0);
    }
    return observation(batch, ownCamera);
  }

  private Group group(int camera) {
    if (time % visitMillis == 0) {
      objects[camera] = sum(vector(1), classes[random.nextInt(classes.length)]);
      numbers[camera] = visits++;
    }
    double[] centre = sum(sum(backgrounds[camera], objects[camera]), vector(noise));
    return new Group(
        camera,
        time,
        numbers[camera],
        new double[][] {
          Doubles.direction(sum(centre, vector(noise))),
          Doubles.direction(sum(centre, vector(noise)))
        });
  }

  private Observation observation(List<Group> batch, boolean ownCamera) {
    int rows = batch.size() * 2;
    float[] embeddings = new float[rows * DIMENSION];
    float[] weights = new float[rows * rows];
    List<String> cameras = new ArrayList<>();
    List<@Nullable String> labels = new ArrayList<>();
    long[] times = new long[batch.size()];
    for (int row = 0; row < rows; row++) {
      Group anchor = batch.get(row / 2);
      for (int d = 0; d < DIMENSION; d++) {
        embeddings[row * DIMENSION + d] = (float) anchor.views()[row % 2][d];
      }
      double weight = 0;
      double ofSame = 0;
      for (int column = 0; column < rows; column++) {
        Group other = batch.get(column / 2);
        if (other != anchor && (!ownCamera || other.camera() == anchor.camera())) {
          weights[row * rows + column] = 1;
          weight++;
          ofSame += other.object() == anchor.object() ? 1 : 0;
        }
      }
      same += ofSame / weight;
      anchors++;
    }
    for (int i = 0; i < times.length; i++) {
      cameras.add("camera " + batch.get(i).camera());
      times[i] = batch.get(i).time();
      labels.add(null);
    }
    return new Observation(embeddings, 2, cameras, times, ownCamera ? weights : null, labels);
  }
}
