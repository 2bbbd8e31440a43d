package io.afterimage.lab.simulation;

/** The class priors of new objects over time. */
@FunctionalInterface
public interface ClassSchedule {
  /**
   * The class priors at a time.
   *
   * @param timeMillis milliseconds of the cameras' time, from 0
   * @return {@code (classes)} summing to 1, not to be written to
   */
  double[] priors(long timeMillis);

  /** Constant priors. */
  static ClassSchedule constant(double[] priors) {
    return timeMillis -> priors;
  }

  /** Priors that change once, at a given time. */
  static ClassSchedule switched(double[] before, double[] after, long atMillis) {
    return timeMillis -> timeMillis < atMillis ? before : after;
  }

  /** One class at a time, in rotation. */
  static ClassSchedule regimes(int classes, long regimeMillis) {
    return timeMillis -> {
      double[] priors = new double[classes];
      priors[(int) (timeMillis / regimeMillis % classes)] = 1;
      return priors;
    };
  }
}
