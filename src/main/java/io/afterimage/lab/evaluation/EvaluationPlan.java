package io.afterimage.lab.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plan of an evaluation.
 *
 * @param objectName name of the set of objects
 * @param objects the objects in view of the cameras
 * @param trials methods for each kind of stream, in the order of execution
 * @param scale size of the evaluation
 * @param seeds the seeds, each a run of every method on every stream
 * @param parallel trials that run at a time
 * @param limit time after which no trial is started
 * @param report the directory of measurements and report; several evaluations of one scale may
 *     share it, even concurrently
 */
public record EvaluationPlan(
    String objectName,
    ObjectSet.Source objects,
    Map<StreamKind, List<Method>> trials,
    Scale scale,
    List<Long> seeds,
    int parallel,
    Duration limit,
    Path report) {
  /**
   * A plan by names.
   *
   * @param idx directory of a data set of the MNIST family; null for procedural objects
   * @param quick whether to run minutes rather than hours
   * @param streams names of kinds; empty for the defaults
   * @param methods names; empty for the defaults
   * @param size changes to the default scale
   * @param seeds numbers and ranges, as {@code 1-5,8}
   * @throws IOException naming the file of the data set that is missing or invalid
   * @throws IllegalArgumentException naming the invalid value and the valid ones
   */
  public static EvaluationPlan of(
      @Nullable Path idx,
      boolean quick,
      List<String> streams,
      List<String> methods,
      ScaleChange size,
      String seeds,
      int parallel,
      Duration limit,
      Path report)
      throws IOException {
    require("--parallel", parallel, 1);
    Map<StreamKind, List<Method>> trials = new LinkedHashMap<>();
    DefaultTrials.of(quick, streams, methods)
        .forEach(
            (stream, names) ->
                trials.put(stream(stream), names.stream().map(Method::named).toList()));
    return new EvaluationPlan(
        idx == null ? "procedural" : "images",
        idx == null ? ObjectSet.procedural() : ObjectSet.idx(idx),
        Collections.unmodifiableMap(trials),
        size.of(quick ? Scale.QUICK : Scale.FULL),
        seeds(seeds),
        parallel,
        limit,
        report);
  }

  private static List<Long> seeds(String text) {
    if (!text.matches("\\d{1,9}(-\\d{1,9})?(,\\d{1,9}(-\\d{1,9})?)*")) {
      throw new IllegalArgumentException(
          "--seeds must be numbers and ranges such as 1-5,8, but was " + text);
    }
    return Stream.of(text.split(","))
        .map(part -> part.split("-"))
        .flatMap(
            ends ->
                LongStream.rangeClosed(
                        Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                    .boxed())
        .distinct()
        .toList();
  }

  private static void require(String option, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be >= %d, but was %d".formatted(option, least, value));
    }
  }

  /** Names of all methods. */
  public static List<String> methodNames() {
    return Method.all().stream().map(Method::name).toList();
  }

  /** Names of the streams that are not simply balanced-C, skewed-C or procedural-C. */
  public static List<String> streamNames() {
    return named().map(StreamKind::name).toList();
  }

  private static Stream<StreamKind> named() {
    StreamKind four = StreamKind.balanced(4);
    return Stream.of(
        four.withCameras("one-camera", 1, 0),
        four.withCameras("moving", four.cameras(), 1),
        four.withCameras("forty-cameras", 40, 0),
        four.withCameraSkew("own-mixes-4", 1),
        four.withSwitch("switch-4", new double[] {0.7, 0.1, 0.1, 0.1}),
        StreamKind.balanced(2).withBackgroundLight("bright-2", 1),
        four.withBackgroundLight("bright-4", 1),
        four.withRegimes("regimes-4", 60),
        StreamKind.balanced(10).withRegimes("regimes-10", 60));
  }

  private static StreamKind stream(String name) {
    if (name.matches("balanced-\\d{1,3}")) {
      return StreamKind.balanced(classes(name, "balanced-"));
    }
    if (name.matches("procedural-\\d{1,3}")) {
      return StreamKind.procedural(classes(name, "procedural-"));
    }
    if (name.matches("skewed-\\d{1,3}")) {
      int classes = classes(name, "skewed-");
      return StreamKind.skewed(classes, classes == 2 ? 0.9 : 0.7);
    }
    List<String> others = new ArrayList<>(streamNames());
    return named()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("--streams must be of balanced-C, skewed-C and procedural-C for C classes and"
                            + " %s, but one was %s")
                        .formatted(others, name)));
  }

  private static int classes(String name, String prefix) {
    int classes = Integer.parseInt(name.substring(prefix.length()));
    require("--streams: the number of classes in " + name, classes, 2);
    return classes;
  }

  /** The objects of a kind of stream. */
  ObjectSet objects(StreamKind kind) {
    return (kind.procedural() ? ObjectSet.procedural() : objects).of(kind.classes());
  }

  /** The settings common to all trials of one report, in one line. */
  String describe() {
    return "%s, %s".formatted(objectName, scale);
  }
}
