package io.afterimage.lab.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The default methods of each stream. */
final class DefaultTrials {
  private static final List<String> BASIC = List.of("untrained", "biased", "camera", "oracle");
  private static final List<String> PRIORS =
      List.of(
          "untrained",
          "biased",
          "camera",
          "oracle",
          "camera-true",
          "camera-labels",
          "camera-hard-true",
          "camera-posterior",
          "camera-oracle");
  private static final List<String> ONE_CAMERA =
      List.of("untrained", "biased", "oracle", "debiased-true");
  private static final List<String> MEMORIES =
      List.of(
          "untrained",
          "camera-memory-none",
          "camera",
          "camera-iid",
          "camera-memory-fifo",
          "camera-memory-redundancy");

  private DefaultTrials() {}

  /**
   * Names of methods by stream, the most informative first.
   *
   * @param streams empty for the default streams
   * @param methods empty for those that are informative on each stream
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
    give(trials, PRIORS, "balanced-2", "balanced-4", "skewed-2", "skewed-4");
    give(trials, ONE_CAMERA, "one-camera");
    give(trials, BASIC, "moving", "forty-cameras", "balanced-10", "procedural-20", "procedural-4");
    give(trials, MEMORIES, "regimes-4", "regimes-10");
    give(trials, BASIC, "bright-2", "bright-4", "own-mixes-4", "switch-4");
    return trials;
  }

  private static void give(
      Map<String, List<String>> trials, List<String> methods, String... streams) {
    for (String stream : streams) {
      trials.put(stream, methods);
    }
  }
}
