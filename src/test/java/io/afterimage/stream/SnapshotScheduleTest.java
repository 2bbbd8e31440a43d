package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.stream.metric.RecordedMetrics;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotScheduleTest {
  @TempDir Path directory;

  private final RecordedMetrics recorded = new RecordedMetrics();

  @Test
  void write_succeeds_isCountedWithItsStep() throws Exception {
    SnapshotSchedule schedule = schedule(directory.resolve("snapshots"));
    assertThat(recorded.values()).isEqualTo(values(0, 0, Double.NaN));
    schedule.write(snapshot(10));
    schedule.write(snapshot(20));

    assertThat(recorded.values()).isEqualTo(values(2, 0, 20));
  }

  @Test
  void write_fails_isCountedAndLeavesTheStep() throws Exception {
    SnapshotSchedule schedule =
        schedule(Files.writeString(directory.resolve("file"), "no directory"));
    schedule.write(snapshot(10));

    assertThat(recorded.values()).isEqualTo(values(0, 1, Double.NaN));
    assertThatThrownBy(() -> schedule.writeLast(snapshot(11))).isInstanceOf(IOException.class);
    assertThat(recorded.values()).isEqualTo(values(0, 2, Double.NaN));
  }

  private static Map<String, Double> values(double written, double failed, double step) {
    return Map.of(
        "snapshots_written_total",
        written,
        "snapshots_failed_total",
        failed,
        "snapshot_step",
        step);
  }

  private SnapshotSchedule schedule(Path snapshots) throws Exception {
    return new SnapshotSchedule(
        OptionsReader.read(null, Map.of("snapshot.directory", snapshots.toUri().toString())),
        recorded);
  }

  private static EncoderSnapshot snapshot(long step) {
    EncoderSettings settings = new EncoderSettings("resnet-s", 8, 1, 8, Normalization.GROUP, 16);
    try (ResNetS encoder = ResNetS.forTraining(settings, 2, 1)) {
      return EncoderSnapshot.of(encoder, step);
    }
  }
}
