package io.afterimage.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which methods run on which streams unless they are named. */
final class DefaultTrials {
  private static final List<String> BASIC = List.of("untrained", "biased", "camera", "oracle");
  private static final List<String> PRIORS =
      List.of("untrained", "biased", "camera", "camera-true", "oracle", "camera-oracle");
  private static final List<String> ESTIMATORS =
      List.of(
          "untrained",
          "biased",
          "debiased-true",
          "camera",
          "camera-true",
          "camera-contrast",
          "camera-labels",
          "camera-posterior",
          "oracle",
          "camera-oracle");
  private static final List<String> MEMORIES =
      List.of(
          "untrained",
          "biased",
          "oracle",
          "camera-memory-none",
          "camera-memory-fifo",
          "camera",
          "camera-iid");

  private DefaultTrials() {}

  /**
   * Names of methods by stream, what decides most first.
   *
   * @param streams empty for the usual ones
   * @param methods empty for those that decide something on each stream
   */
  static Map<String, List<String>> of(boolean quick, List<String> streams, List<String> methods) {
    Map<String, List<String>> usual = quick ? Map.of("balanced-4", BASIC) : full();
    Map<String, List<String>> trials = new LinkedHashMap<>();
    for (String stream : streams.isEmpty() ? usual.keySet() : streams) {
      trials.put(stream, methods.isEmpty() ? usual.getOrDefault(stream, BASIC) : methods);
    }
    return trials;
  }

  private static Map<String, List<String>> full() {
    Map<String, List<String>> trials = new LinkedHashMap<>();
    Stream.of("balanced-2", "balanced-4", "skewed-2", "skewed-4")
        .forEach(stream -> trials.put(stream, ESTIMATORS));
    trials.put(
        "one-camera",
        List.of("untrained", "biased", "camera", "camera-true", "camera-posterior", "oracle"));
    Stream.of("moving", "forty-cameras").forEach(stream -> trials.put(stream, PRIORS));
    Stream.of("balanced-10", "procedural-20").forEach(stream -> trials.put(stream, PRIORS));
    Stream.of("regimes-4", "regimes-10").forEach(stream -> trials.put(stream, MEMORIES));
    Stream.of("own-mixes-4", "switch-4").forEach(stream -> trials.put(stream, PRIORS));
    Stream.of("bright-2", "bright-4").forEach(stream -> trials.put(stream, BASIC));
    return trials;
  }
}
