package io.afterimage.lab.evaluation;

import io.afterimage.pairing.PositiveGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Trains encoders on labeled streams by several methods, from several seeds, and compares them.
 *
 * <p>All methods see the same streams, start from the same weights for a seed, and take as many
 * steps. Measurements are appended to a file in the report's directory after each trial; an
 * evaluation that finds that file resumes from it.
 */
public final class Evaluation {
  private final EvaluationPlan plan;
  private final Outcomes outcomes = new Outcomes();
  private final OutcomeFile file;
  private final Consumer<String> progress;
  private final Map<List<Object>, LabelledStream> streams = new LinkedHashMap<>();
  private final Map<List<Object>, ProbeScenes> scenes = new LinkedHashMap<>();

  /**
   * @param progress receives a line for each finished trial
   */
  public Evaluation(EvaluationPlan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
    file = new OutcomeFile(plan.report(), plan.describe());
  }

  private record Task(StreamKind kind, Method method, long seed) {}

  /**
   * Runs the trials that are missing and writes the report.
   *
   * @return the conclusion
   */
  public Conclusion run() throws IOException, InterruptedException {
    file.open().forEach(outcomes::add);
    List<Task> tasks = tasks();
    long started = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(plan.parallel());
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (Task task : tasks) {
        running.add(pool.submit(work(task, tasks.size(), started)));
      }
      for (Future<Void> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException thrown) {
        throw thrown;
      }
      throw new IllegalStateException("a trial failed: " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
    new Report(plan, outcomes).write();
    return Conclusion.of(outcomes);
  }

  /** Seeds outermost: an evaluation that is cut short has fewer seeds, not fewer methods. */
  private List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (long seed : plan.seeds()) {
      plan.trials()
          .forEach(
              (kind, methods) ->
                  methods.stream()
                      .filter(method -> !outcomes.has(kind.name(), method.name(), seed))
                      .forEach(method -> tasks.add(new Task(kind, method, seed))));
    }
    return tasks;
  }

  private Callable<Void> work(Task task, int count, long started) {
    return () -> {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
      if (elapsed.compareTo(plan.limit()) < 0) {
        Outcome outcome = run(task);
        file.append(outcome);
        outcomes.add(outcome);
        tell(outcome, Duration.ofNanos(System.nanoTime() - started), count);
      }
      return null;
    };
  }

  private void tell(Outcome outcome, Duration elapsed, int count) {
    Measurement last = outcome.last();
    progress.accept(
        "%s of %d trials here, %d s: %s, %s, seed %d: linear %.3f, k-NN %.3f, clamped %.2f"
            .formatted(
                outcomes.all().size(),
                count,
                elapsed.toSeconds(),
                outcome.stream(),
                outcome.method(),
                outcome.seed(),
                last.linear(),
                last.neighbours(),
                last.clamped()));
  }

  private Outcome run(Task task) throws InterruptedException {
    ObjectSet objects = plan.objects(task.kind());
    LabelledStream stream = stream(task, objects);
    Trial trial =
        new Trial(
            task.method(),
            stream,
            scenes(task, objects),
            plan.scale(),
            classPrior(stream, task.kind().classes()),
            task.seed());
    return trial.run(task.kind().name());
  }

  /** The last few streams are cached, since most methods share them. */
  private synchronized LabelledStream stream(Task task, ObjectSet objects) {
    List<Object> key = List.of(task.kind().name(), task.seed(), task.method().views());
    LabelledStream known = streams.get(key);
    if (known == null) {
      known =
          LabelledStream.play(
              task.kind(),
              objects,
              Trial.pairing(task.method().views(), task.seed()),
              plan.scale().frameSize(),
              Trial.groupsNeeded(plan.scale()),
              plan.scale().labelsPerClass() * task.kind().classes(),
              task.seed());
      keep(streams, key, known);
    }
    return known;
  }

  private synchronized ProbeScenes scenes(Task task, ObjectSet objects) {
    List<Object> key = List.of(task.kind().name(), task.seed());
    ProbeScenes known = scenes.get(key);
    if (known == null) {
      known =
          new ProbeScenes(
              LabelledStream.settings(task.kind(), plan.scale().frameSize(), task.seed()),
              objects,
              plan.scale());
      keep(scenes, key, known);
    }
    return known;
  }

  private static <T> void keep(Map<List<Object>, T> map, List<Object> key, T value) {
    while (map.size() >= 3) {
      map.remove(map.keySet().iterator().next());
    }
    map.put(key, value);
  }

  /** An unbiased estimate of the share of pairs of the stream's groups that show one class. */
  static double classPrior(LabelledStream stream, int classes) {
    long[] counts = new long[classes];
    for (PositiveGroup group : stream.groups()) {
      counts[stream.truth(group).objectClass()]++;
    }
    double n = stream.groups().size();
    double sum = 0;
    for (long count : counts) {
      sum += (double) count * (count - 1);
    }
    return sum / (n * (n - 1));
  }

  /** The path of the report. */
  public Path report() {
    return plan.report();
  }
}
