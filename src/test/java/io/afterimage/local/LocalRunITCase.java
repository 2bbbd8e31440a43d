package io.afterimage.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterimage.cli.LocalRun;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
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

  @TempDir Path temporary;

  /** As people name folders. */
  private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void nameDirectory() throws Exception {
    directory = Files.createDirectory(temporary.resolve("my run"));
  }

  @Test
  void steps_reached_endsWithSummaryAndSnapshotOfThatStep_andResumeGoesOn() throws Exception {
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
    assertThat(out.toString())
        .contains("/metrics", "30 steps", "Probe", "Loss", "mean of 20 steps")
        .contains("Prior    tau+ starts at 0.050", "jobs/local.sh --resume --output")
        .doesNotContain(" 0 frames/s", "not identified");

    assertThat(run("--steps=20", "--resume")).as("%s", err).isZero();
    JsonNode resumed = summary();
    assertThat(resumed.get("steps").asLong()).isEqualTo(50);
    assertThat(resumed.get("framesRead").asLong())
        .isGreaterThan(summary.get("framesRead").asLong());
    assertThat(resumed.get("framesRejected").asLong()).isZero();
    assertThat(resumed.get("groups").asLong())
        .isGreaterThanOrEqualTo(summary.get("groups").asLong() + 4 * 20);
    assertThat(Snapshots.read(Path.of(resumed.get("snapshotPath").asText())).step()).isEqualTo(50);
    assertThat(out.toString()).contains("Resumed  at step 30");
    assertThat(directory.resolve("earlier")).doesNotExist();
  }

  @Test
  void secondRun_keepsTheFirst_andOfTheSameSeedGivesTheSameEncoder() throws Exception {
    assertThat(run("--steps=15")).as("%s", err).isZero();
    byte[] first =
        Files.readAllBytes(Path.of(summary().get("snapshotPath").asText(), "encoder.afim"));
    assertThat(run("--steps=15")).as("%s", err).isZero();
    byte[] second =
        Files.readAllBytes(Path.of(summary().get("snapshotPath").asText(), "encoder.afim"));
    assertThat(Arrays.equals(second, first)).isTrue();
    Path earlier;
    try (var kept = Files.list(directory.resolve("earlier"))) {
      earlier = kept.findFirst().orElseThrow();
    }
    assertThat(out.toString()).contains("kept in " + earlier);
    assertThat(Snapshots.read(new Snapshots(earlier.resolve("snapshots")).newest()).step())
        .isEqualTo(15);
  }

  /** However far it has come by then, which the machine decides. */
  @Test
  void duration_passed_endsInOrderWithWhatWasLearned_andOverwritesWhenAsked() throws Exception {
    Files.createDirectories(directory.resolve("snapshots"));
    Files.writeString(directory.resolve("snapshots/latest"), "step-000000000007\n");

    assertThat(run("--duration=1ms", "--overwrite")).as("%s", err).isZero();

    JsonNode summary = summary();
    long steps = summary.get("steps").asLong();
    assertThat(summary.get("snapshotPath").isNull()).isEqualTo(steps == 0);
    if (steps > 0) {
      assertThat(Snapshots.read(Path.of(summary.get("snapshotPath").asText())).step())
          .isEqualTo(steps);
    }
    assertThat(out.toString()).contains(steps + " steps, ");
    assertThat(directory.resolve("earlier")).doesNotExist();
  }

  @Test
  void resume_nothingThere_isRefused() {
    assertThat(run("--resume")).isEqualTo(2);
    assertThat(err.toString()).startsWith("--resume: there is no run in " + directory);
  }

  @Test
  void outputInUse_isRefusedAndLeftAlone() throws Exception {
    Path summary = Files.writeString(directory.resolve("summary.json"), "{}");
    try (FileChannel other =
            FileChannel.open(
                directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      assertThat(run("--steps=1", "--overwrite")).isEqualTo(2);
      assertThat(held.isValid()).isTrue();
    }
    assertThat(err.toString()).contains("--output " + directory + ": another run is writing there");
    assertThat(summary).hasContent("{}");
  }

  @Test
  void outputThatCannotBeMade_isNamedWithTheReasonBeforeTheStart() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    for (Path output : List.of(file, file.resolve("run"))) {
      assertThat(run("--steps=1", "--output=" + output)).isEqualTo(2);
      assertThat(err.toString().lines().toList().get(0))
          .startsWith("--output " + output + ": ")
          .contains("is a file, not a directory");
      err.getBuffer().setLength(0);
    }
    assertThat(out.toString()).isEmpty();
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
    if (!String.join(" ", arguments).contains("--output")) {
      all.add("--output=" + directory);
    }
    all.add("--no-page");
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
