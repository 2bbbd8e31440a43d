package io.afterimage.stream.option;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Which values an option may have.
 *
 * @param text completes "the option must be ..."
 * @param holds whether a value keeps the rule
 */
record Rule<T>(String text, Predicate<T> holds) {
  static Rule<Integer> atLeast(int min) {
    return new Rule<>("at least " + min, value -> value >= min);
  }

  static Rule<Integer> between(int min, int max) {
    return new Rule<>("from %d to %d".formatted(min, max), value -> value >= min && value <= max);
  }

  static Rule<Long> between(long min, long max) {
    return new Rule<>("from %d to %d".formatted(min, max), value -> value >= min && value <= max);
  }

  static Rule<Double> between(double min, double max) {
    return new Rule<>("from %s to %s".formatted(min, max), value -> value >= min && value <= max);
  }

  static Rule<Double> fromUpToBelow(double min, double max) {
    return new Rule<>(
        "at least %s and below %s".formatted(min, max), value -> value >= min && value < max);
  }

  /** Above 0 and finite. */
  static Rule<Double> positive() {
    return new Rule<>("above 0", value -> value > 0 && Double.isFinite(value));
  }

  static Rule<Double> aboveUpTo(double min, double max) {
    return new Rule<>(
        "above %s and at most %s".formatted(min, max), value -> value > min && value <= max);
  }

  static Rule<Duration> positiveDuration() {
    return new Rule<>("longer than 0", value -> !value.isNegative() && !value.isZero());
  }

  static Rule<Duration> notNegative() {
    return new Rule<>("0 or longer", value -> !value.isNegative());
  }

  static Rule<String> notBlank() {
    return new Rule<>("not empty", value -> !value.isBlank());
  }

  static <T> Rule<T> any() {
    return new Rule<>("", value -> true);
  }

  Rule<T> and(String more, Predicate<T> alsoHolds) {
    return new Rule<>(text + ", " + more, holds.and(alsoHolds));
  }
}
