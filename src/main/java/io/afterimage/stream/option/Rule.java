package io.afterimage.stream.option;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * A rule for the values of an option.
 *
 * @param text completes "the option must be ..."
 * @param holds whether a value satisfies the rule
 */
record Rule<T>(String text, Predicate<T> holds) {
  /** A century, short enough that sums of milliseconds cannot overflow. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

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
    return between("1 ms", Duration.ofMillis(1));
  }

  static Rule<Duration> notNegative() {
    return between("0", Duration.ZERO);
  }

  private static Rule<Duration> between(String shownMin, Duration min) {
    return new Rule<>(
        "from %s to %d d".formatted(shownMin, LONGEST.toDays()),
        value -> value.compareTo(min) >= 0 && value.compareTo(LONGEST) <= 0);
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
