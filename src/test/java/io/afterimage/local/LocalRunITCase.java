package io.afterimage.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterimage.cli.LocalRun;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LocalRunITCase {
  private static final List<String> TINY =
      List.of(
          "-Dencoder.width=8",
          "-Dencoder.embedding-size=16",
          "-Dframe.size=16",
          "-Dbatch.groups=8",
          "-Dbatch.fresh-groups=4",
          "-Dmemory.capacity=50",
          "--cameras=2",
          "--classes=3",
          "--seed=5");

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void steps_reached_endsWithSummaryAndTheSnapshotOfThatStep() throws Exception {
    assertThat(run("--steps=30")).as("%s", err).isZero();

    JsonNode summary = summary();
    assertThat(summary.get("steps").asLong()).isEqualTo(30);
    assertThat(summary.get("framesRead").asLong()).isGreaterThan(2 * 4 * 30);
    assertThat(summary.get("framesRejected").asLong()).isZero();
    assertThat(summary.get("groups").asLong()).isGreaterThanOrEqualTo(4 * 30);
    assertThat(summary.get("finalLoss").asDouble()).isPositive();
    assertThat(summary.get("truePrior").asDouble()).isBetween(0.333, 0.334);
    assertThat(summary.get("probeAccuracy").asDouble()).isBetween(0.2, 1.0);
    assertThat(summary.get("untrainedProbeAccuracy").asDouble()).isBetween(0.2, 1.0);
    EncoderSnapshot snapshot = Snapshots.read(Path.of(summary.get("snapshotPath").asText()));
    assertThat(snapshot.step()).isEqualTo(30);
    assertThat(snapshot.settings().width()).isEqualTo(8);
    assertThat(out.toString()).contains("/metrics", "30 steps", "Probe");
  }

  @Test
  void sameSeed_givesTheSameEncoder() throws Exception {
    assertThat(run("--steps=15")).as("%s", err).isZero();
    byte[] first =
        Files.readAllBytes(Path.of(summary().get("snapshotPath").asText(), "encoder.afim"));
    assertThat(run("--steps=15")).as("%s", err).isZero();
    byte[] second =
        Files.readAllBytes(Path.of(summary().get("snapshotPath").asText(), "encoder.afim"));
    assertThat(Arrays.equals(second, first)).isTrue();
  }

  @Test
  void duration_passed_endsInOrderWithTheLastStepsSnapshot() throws Exception {
    assertThat(run("--duration=15s")).as("%s", err).isZero();

    JsonNode summary = summary();
    EncoderSnapshot snapshot = Snapshots.read(Path.of(summary.get("snapshotPath").asText()));
    assertThat(summary.get("steps").asLong()).isPositive().isEqualTo(snapshot.step());
    assertThat(directory.resolve("savepoints")).doesNotExist();
  }

  @Test
  void jobFails_saysWhyInOneLine() {
    assertThat(
            run(
                "--steps=30",
                "-Doptimizer.learning-rate=1e30",
                "-Doptimizer.warmup-steps=0",
                "-Dlearner.max-skipped-steps=1"))
        .isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("The run failed: the loss").contains("not finite");
  }

  @Test
  void wrongOptions_areAllNamedBeforeAnythingStarts() {
    assertThat(run("-Dencoder.width=-3", "-Dloss.temprature=1")).isEqualTo(2);
    assertThat(err.toString()).contains("encoder.width", "-3", "loss.temperature");
    assertThat(directory.resolve("summary.json")).doesNotExist();
  }

  @Test
  void optionOfTheRunItself_isRefused() {
    assertThat(run("-Dsnapshot.directory=/elsewhere", "--steps=1")).isEqualTo(2);
    assertThat(err.toString()).contains("snapshot.directory");
  }

  @Test
  void stepsBelowOne_areRefused() {
    assertThat(run("--steps=0")).isEqualTo(2);
    assertThat(err.toString()).contains("--steps 0: must be >= 1");
  }

  @Test
  void videoThatDoesNotExist_isNamed() {
    CommandLine commandLine = LocalRun.commandLine().setErr(new PrintWriter(err, true));
    assertThat(commandLine.execute("--video=none.avi", "--steps=1")).isEqualTo(2);
    assertThat(err.toString()).contains("--video none.avi");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(TINY);
    all.add("--output=" + directory);
    all.addAll(List.of(arguments));
    return LocalRun.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private JsonNode summary() throws Exception {
    return new ObjectMapper().readTree(directory.resolve("summary.json").toFile());
  }
}
