package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.local.EmbeddedKafka;
import io.afterimage.stream.kafka.KafkaEnds;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import io.afterimage.wire.StepReportJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restores a savepoint that an earlier release took, so that a change that cannot read it is
 * noticed.
 *
 * <p>Such a change has to bring a migration, or the release notes have to say that state breaks;
 * {@code mvn verify -Dit.test=StoredSavepointITCase -Dsavepoint.write} then takes another one. The
 * weights in it are all alike, so that the file is small.
 */
@Timeout(120)
class StoredSavepointITCase {
  private static final Path STORED = Path.of("src/test/resources/savepoint.zip");

  /** The name of the entry with the last step of the learner. */
  private static final String STEP = "step";

  @TempDir Path directory;

  private EmbeddedKafka kafka;
  private TestTopics topics;
  private TestCluster cluster;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start();
    topics = new TestTopics(kafka);
    cluster = new TestCluster();
  }

  @AfterEach
  void stop() {
    cluster.close();
    kafka.close();
  }

  @Test
  void storedSavepoint_isRestored_andTheLearnerGoesOn() throws Exception {
    if (System.getProperty("savepoint.write") != null) {
      write();
    }
    Path savepoint = Files.createDirectory(directory.resolve("stored"));
    unzip(savepoint);
    long step = Long.parseLong(Files.readString(savepoint.resolve(STEP)));
    Files.delete(savepoint.resolve(STEP));

    JobID job = submit("restored", savepoint.toUri().toString());
    List<StepReport> reports = awaitReports("restored", 3);
    topics.awaitRecords("embeddings-restored", 1);
    cluster.stopWithSavepoint(job, uri("left"), false);

    assertThat(step).isGreaterThanOrEqualTo(5);
    assertThat(reports)
        .extracting(StepReport::step)
        .startsWith(LongStream.rangeClosed(step + 1, step + 3).boxed().toArray(Long[]::new));
    // The contents of the stored memory count as seen, and are replayed.
    assertThat(reports.get(0).groupsSeen()).isGreaterThan(2 * step);
    assertThat(reports.get(0).memoryFill()).isEqualTo(1);
    assertThat(reports).noneMatch(StepReport::skipped);
  }

  private void write() throws Exception {
    JobID job = submit("written", null);
    awaitReports("written", 5);
    topics.awaitRecords("embeddings-written", 1);
    Path savepoint = Path.of(URI.create(cluster.stopWithSavepoint(job, uri("taken"), false)));
    long step = reports("written").stream().mapToLong(StepReport::step).max().orElseThrow();
    Files.writeString(savepoint.resolve(STEP), Long.toString(step));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(STORED));
        Stream<Path> files = Files.list(savepoint)) {
      for (Path file : files.sorted().toList()) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, zip);
      }
    }
  }

  private static void unzip(Path into) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(STORED))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, into.resolve(entry.getName()));
      }
    }
  }

  private JobID submit(String run, String savepoint) throws Exception {
    topics.fill("frames-" + run, TestFrames.ofCameras(2, 120));
    Configuration options = options(run);
    return cluster.submit(KafkaEnds.pipeline(options), options, savepoint);
  }

  private List<StepReport> awaitReports(String run, int count) throws Exception {
    topics.awaitRecords("training-" + run, count);
    return reports(run);
  }

  private List<StepReport> reports(String run) throws IOException {
    List<StepReport> reports = new ArrayList<>();
    for (var report : topics.read("training-" + run)) {
      reports.add(StepReportJson.read(report.value()));
    }
    return reports;
  }

  private Configuration options(String run) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("kafka.group-id", run);
    options.put("kafka.changed-topic", "restart");
    options.put("kafka.topic.frames", "frames-" + run);
    for (String topic : List.of("training", "rejected", "embeddings")) {
      options.put("kafka.topic." + topic, topic + "-" + run);
      topics.create(topic + "-" + run);
    }
    options.put("frame.size", "16");
    options.put("memory.capacity", "4");
    options.put("batch.groups", "4");
    options.put("batch.fresh-groups", "2");
    options.put("encoder.width", "8");
    options.put("encoder.embedding-size", "4");
    options.put("encoder.warm-start", Files.write(uniform(), encoder()).toUri().toString());
    options.put("embeddings.refresh-steps", "1");
    options.put("checkpoint.interval", "200 ms");
    options.put("checkpoint.directory", uri("checkpoints-" + run));
    return OptionsReader.read(null, options);
  }

  private Path uniform() {
    return directory.resolve("uniform.afim");
  }

  /** All weights of a tensor are alike; only what normalizes stays as it is. */
  private static byte[] encoder() {
    EncoderSettings settings = new EncoderSettings("resnet-s", 8, 1, 4, Normalization.GROUP, 16);
    try (ResNetS encoder = ResNetS.forTraining(settings, 2, 1)) {
      Map<String, float[]> parameters = new LinkedHashMap<>();
      EncoderSnapshot.of(encoder, 0)
          .parameters()
          .forEach((name, values) -> parameters.put(name, uniform(values)));
      return EncoderSnapshotCodec.encode(new EncoderSnapshot(0, settings, parameters));
    }
  }

  private static float[] uniform(float[] values) {
    boolean already = Arrays.equals(values, filled(values.length, values[0]));
    return already ? values : filled(values.length, 0.05f);
  }

  private static float[] filled(int length, float value) {
    float[] filled = new float[length];
    Arrays.fill(filled, value);
    return filled;
  }

  private String uri(String name) {
    return directory.resolve(name).toUri().toString();
  }
}
