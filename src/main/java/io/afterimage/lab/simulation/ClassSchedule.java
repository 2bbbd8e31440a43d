package io.afterimage.lab.simulation;

/** How often a new object is of each class, as time goes. */
@FunctionalInterface
public interface ClassSchedule {
  /**
   * The class priors at a time.
   *
   * @param timeMillis milliseconds of the cameras' time, from 0
   * @return {@code (classes)} summing to 1, not to be written to
   */
  double[] priors(long timeMillis);

  /** The same at all times. */
  static ClassSchedule constant(double[] priors) {
    return timeMillis -> priors;
  }

  /** One until a time, another from then on. */
  static ClassSchedule switched(double[] before, double[] after, long atMillis) {
    return timeMillis -> timeMillis < atMillis ? before : after;
  }

  /** One class alone for a while, then the next, round and round. */
  static ClassSchedule regimes(int classes, long regimeMillis) {
    return timeMillis -> {
      double[] priors = new double[classes];
      priors[(int) (timeMillis / regimeMillis % classes)] = 1;
      return priors;
    };
  }
}
