package io.afterimage.cli.topics;

import io.afterimage.train.StepReport;
import io.afterimage.wire.StepReportJson;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The reports of one learner by step. A repeated report of a step must be identical. */
final class StepSummary {
  private final Map<Long, StepReport> bySteps = new TreeMap<>();
  private long count;
  private long contradictions;

  void add(ConsumerRecord<byte[], byte[]> record) {
    try {
      add(StepReportJson.read(record.value()));
    } catch (IOException e) {
      throw new IllegalStateException("no report at offset " + record.offset(), e);
    }
  }

  void add(StepReport report) {
    count++;
    StepReport before = bySteps.put(report.step(), report);
    if (before != null && !sameStep(before, report)) {
      contradictions++;
    }
  }

  private static boolean sameStep(StepReport a, StepReport b) {
    return Double.compare(a.loss(), b.loss()) == 0
        && Double.compare(a.gradientNorm(), b.gradientNorm()) == 0
        && a.framesSeen() == b.framesSeen()
        && a.groupsSeen() == b.groupsSeen();
  }

  /** The summary as lines {@code name=value}, for a shell. */
  String lines() {
    long first = bySteps.isEmpty() ? 0 : bySteps.keySet().iterator().next();
    long last = 0;
    long gaps = 0;
    long backward = 0;
    long frames = 0;
    double loss = Double.NaN;
    long groups = 0;
    double rate = Double.NaN;
    long rateSince = 0;
    for (StepReport report : bySteps.values()) {
      if (last != 0 && report.step() != last + 1) {
        gaps++;
      }
      if (report.framesSeen() < frames || report.groupsSeen() < groups) {
        backward++;
      }
      last = report.step();
      frames = report.framesSeen();
      groups = report.groupsSeen();
      loss = report.loss();
      if (report.learningRate() != rate) {
        rate = report.learningRate();
        rateSince = report.step();
      }
    }
    return ("reports=%d%nsteps=%d%nfirst=%d%nlast=%d%ngaps=%d%nrepeated=%d%ncontradictions=%d%n"
            + "backward=%d%nframes=%d%ngroups=%d%nloss=%s%nrate=%s%nrate_since=%d%n")
        .formatted(
            count,
            bySteps.size(),
            first,
            last,
            gaps,
            count - bySteps.size(),
            contradictions,
            backward,
            frames,
            groups,
            loss,
            rate,
            rateSince);
  }
}
