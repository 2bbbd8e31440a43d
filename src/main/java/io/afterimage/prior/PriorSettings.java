package io.afterimage.prior;

/**
 * How tau+ is found.
 *
 * @param estimator {@code fixed} or {@code contrast}
 * @param fixed tau+ where the estimator is fixed; the value before warm-up otherwise
 * @param min lower bound of tau+
 * @param max upper bound of tau+, below 1
 * @param halfLifeSteps steps after which an observation counts half
 * @param warmupSteps steps before an estimate is used
 * @param bins bins of a similarity histogram over [-1, 1]
 */
public record PriorSettings(
    String estimator,
    double fixed,
    double min,
    double max,
    int halfLifeSteps,
    int warmupSteps,
    int bins) {}
