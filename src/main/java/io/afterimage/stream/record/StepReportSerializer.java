package io.afterimage.stream.record;

import io.afterimage.train.StepPhases;
import io.afterimage.train.StepReport;
import io.afterimage.train.prior.PriorEstimate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: every component in the order of the record, enumerations by name. */
public final class StepReportSerializer extends ImmutableSerializer<StepReport> {
  public StepReportSerializer() {
    super(StepReport.class, 1);
  }

  @Override
  protected void write(StepReport report, DataOutputView out) throws IOException {
    out.writeLong(report.step());
    out.writeDouble(report.loss());
    writePrior(report.prior(), out);
    out.writeDouble(report.clampedFraction());
    out.writeDouble(report.positiveSimilarity());
    out.writeDouble(report.negativeSimilarity());
    writeCounts(report.positiveHistogram(), out);
    writeCounts(report.negativeHistogram(), out);
    out.writeDouble(report.gradientNorm());
    out.writeDouble(report.embeddingSpread());
    out.writeDouble(report.learningRate());
    out.writeBoolean(report.skipped());
    out.writeLong(report.framesSeen());
    out.writeLong(report.groupsSeen());
    out.writeDouble(report.memoryFill());
    out.writeDouble(report.replayAgeMillis());
    writePhases(report.phases(), out);
  }

  @Override
  protected StepReport read(int version, DataInputView in) throws IOException {
    return new StepReport(
        in.readLong(),
        in.readDouble(),
        readPrior(in),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        readCounts(in),
        readCounts(in),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readBoolean(),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        readPhases(in));
  }

  private static void writePrior(PriorEstimate prior, DataOutput out) throws IOException {
    out.writeUTF(prior.meaning().name());
    out.writeDouble(prior.value());
    out.writeDouble(prior.lower());
    out.writeDouble(prior.upper());
    out.writeBoolean(prior.identified());
  }

  private static PriorEstimate readPrior(DataInput in) throws IOException {
    return new PriorEstimate(
        PriorEstimate.Meaning.valueOf(in.readUTF()),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readBoolean());
  }

  private static void writeCounts(int[] counts, DataOutput out) throws IOException {
    out.writeInt(counts.length);
    for (int count : counts) {
      out.writeInt(count);
    }
  }

  private static int[] readCounts(DataInput in) throws IOException {
    int[] counts = new int[in.readInt()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.readInt();
    }
    return counts;
  }

  private static void writePhases(StepPhases phases, DataOutput out) throws IOException {
    out.writeLong(phases.waiting());
    out.writeLong(phases.batching());
    out.writeLong(phases.augmenting());
    out.writeLong(phases.forward());
    out.writeLong(phases.loss());
    out.writeLong(phases.backward());
    out.writeLong(phases.update());
  }

  private static StepPhases readPhases(DataInput in) throws IOException {
    return new StepPhases(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<StepReport> snapshotConfiguration() {
    return new Snapshots.OfStepReport();
  }
}
