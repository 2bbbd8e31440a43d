package io.afterimage.train.prior;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Mini-batches whose truth is known: classes are directions, cameras move all their embeddings
 * aside, and a group's views differ by a little noise.
 */
final class MixtureStream {
  private static final int DIMENSION = 16;
  private static final int GROUPS = 32;

  private final Random random;
  private final double[][] classes;
  private final double[][] cameras;
  private final double noise;
  private long time;

  /**
   * @param noise deviation of an object from its class, in each direction
   */
  MixtureStream(int classCount, double noise, long seed) {
    random = new Random(seed);
    classes = vectors(classCount);
    cameras = vectors(4);
    this.noise = noise;
  }

  private double[][] vectors(int count) {
    double[][] vectors = new double[count][DIMENSION];
    for (double[] vector : vectors) {
      double square = 0;
      for (int d = 0; d < DIMENSION; d++) {
        vector[d] = random.nextGaussian();
        square += vector[d] * vector[d];
      }
      for (int d = 0; d < DIMENSION; d++) {
        vector[d] /= Math.sqrt(square);
      }
    }
    return vectors;
  }

  /**
   * A mini-batch of new groups.
   *
   * @param priors {@code (C)} of the classes
   * @param labelled the chance of a group to be labelled
   */
  Observation next(double[] priors, double labelled) {
    float[] embeddings = new float[GROUPS * 2 * DIMENSION];
    List<String> names = new ArrayList<>();
    List<@Nullable String> labels = new ArrayList<>();
    long[] times = new long[GROUPS];
    for (int group = 0; group < GROUPS; group++) {
      int objectClass = draw(priors);
      int camera = random.nextInt(cameras.length);
      double[] object = new double[DIMENSION];
      for (int d = 0; d < DIMENSION; d++) {
        object[d] = classes[objectClass][d] + cameras[camera][d] + noise * random.nextGaussian();
      }
      for (int view = 0; view < 2; view++) {
        put(object, embeddings, (group * 2 + view) * DIMENSION);
      }
      names.add("camera " + camera);
      labels.add(random.nextDouble() < labelled ? "class " + objectClass : null);
      times[group] = time++;
    }
    return new Observation(embeddings, 2, names, times, null, labels);
  }

  private int draw(double[] priors) {
    double uniform = random.nextDouble();
    int drawn = 0;
    while (drawn < priors.length - 1 && uniform >= priors[drawn]) {
      uniform -= priors[drawn++];
    }
    return drawn;
  }

  private void put(double[] object, float[] embeddings, int at) {
    double[] view = new double[DIMENSION];
    double square = 0;
    for (int d = 0; d < DIMENSION; d++) {
      view[d] = object[d] + 0.02 * random.nextGaussian();
      square += view[d] * view[d];
    }
    for (int d = 0; d < DIMENSION; d++) {
      embeddings[at + d] = (float) (view[d] / Math.sqrt(square));
    }
  }

  static double[] equal(int classes) {
    double[] priors = new double[classes];
    java.util.Arrays.fill(priors, 1.0 / classes);
    return priors;
  }

  static double classPrior(double[] priors) {
    double sum = 0;
    for (double prior : priors) {
      sum += prior * prior;
    }
    return sum;
  }
}
