package io.afterimage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.Normalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotRegistryTest {
  private static final EncoderSettings ENCODER = Encoders.small(Normalization.GROUP);

  @TempDir Path temporary;

  private final Ticking clock = new Ticking();

  @Test
  void publish_isListedReadAndTheLatest() throws IOException {
    SnapshotRegistry registry = registry();

    registry.publish(snapshot(7), Map.of("loss", 4.25, "prior", Double.NaN));

    assertThat(registry.latest()).contains("step-000000000007");
    StoredSnapshot read = registry.read("step-000000000007");
    assertThat(read.snapshot().step()).isEqualTo(7);
    assertThat(read.manifest().metrics()).isEqualTo(Map.of("loss", 4.25));
    assertThat(registry.list()).containsExactly(read.manifest());
    assertThat(names()).containsExactlyInAnyOrder("latest", "step-000000000007");
  }

  @Test
  void publish_sameStepWithOtherWeights_isAnotherVersion() throws IOException {
    SnapshotRegistry registry = registry();
    registry.publish(snapshot(5), Map.of());
    registry.publish(Encoders.snapshot(ENCODER, 5, 99), Map.of());

    assertThat(registry.latest()).contains("step-000000000005-2");
    assertThat(registry.list())
        .extracting(SnapshotManifest::version)
        .containsExactly("step-000000000005", "step-000000000005-2");
  }

  @Test
  void publish_whatIsThereAlready_isTheSameVersionAndTheLatest() throws IOException {
    SnapshotRegistry registry = registry();
    SnapshotManifest first = registry.publish(snapshot(5), Map.of("loss", 4.0));
    registry.publish(snapshot(6), Map.of());

    assertThat(registry.publish(snapshot(5), Map.of("loss", 4.0))).isEqualTo(first);
    assertThat(registry.latest()).contains("step-000000000005");
    assertThat(registry.versions()).containsExactly("step-000000000005", "step-000000000006");
    assertThat(names()).noneMatch(name -> name.startsWith(".writing"));
  }

  @Test
  void find_byTheBeginningOfAChecksum_isTheVersion() throws IOException {
    SnapshotRegistry registry = registry();
    registry.publish(snapshot(5), Map.of());
    SnapshotManifest second = registry.publish(snapshot(6), Map.of());

    assertThat(registry.find(second.weightsSha256().substring(0, 16))).contains(second);
    assertThat(registry.find("0123456789abcdef")).isEmpty();
  }

  @Test
  void publish_ofASmallerStep_isTheLatest() throws IOException {
    SnapshotRegistry registry = registry();
    registry.publish(snapshot(900), Map.of());
    registry.publish(snapshot(1), Map.of());

    assertThat(registry.latest()).contains("step-000000000001");
  }

  /** Every operation of the file system in turn fails; what a reader sees must be whole. */
  @Test
  void publish_failingAnywhere_leavesAWholeLatestAndNothingAside() throws IOException {
    registry().publish(snapshot(1), Map.of());
    for (int failing = 1; ; failing++) {
      Failing files = new Failing(failing);
      SnapshotRegistry writer = new SnapshotRegistry(files, temporary.toString(), clock);
      boolean failed = false;
      try {
        writer.publish(snapshot(1 + failing), Map.of());
      } catch (IOException e) {
        failed = true;
      }
      SnapshotRegistry reader = registry();
      assertThat(reader.read(reader.latest().orElseThrow()).snapshot()).isNotNull();
      for (String version : reader.versions()) {
        reader.read(version);
      }
      assertThat(names()).noneMatch(name -> name.startsWith(".writing"));
      if (!failed) {
        assertThat(failing).isGreaterThan(4);
        return;
      }
    }
  }

  @Test
  void prune_byCount_keepsTheNewest() throws IOException {
    SnapshotRegistry registry = registry();
    for (int step = 1; step <= 5; step++) {
      registry.publish(snapshot(step), Map.of());
    }

    registry.prune(new Retention(2, null));

    assertThat(registry.versions()).containsExactly("step-000000000004", "step-000000000005");
  }

  @Test
  void prune_byAge_keepsTheLatestHoweverOld() throws IOException {
    SnapshotRegistry registry = registry();
    registry.publish(snapshot(1), Map.of());
    registry.publish(snapshot(2), Map.of());
    clock.now = clock.now.plus(Duration.ofDays(2));
    registry.publish(snapshot(3), Map.of());

    registry.prune(new Retention(10, Duration.ofDays(1)));
    assertThat(registry.versions()).containsExactly("step-000000000003");

    clock.now = clock.now.plus(Duration.ofDays(9));
    registry.prune(new Retention(10, Duration.ofDays(1)));
    assertThat(registry.versions()).containsExactly("step-000000000003");
  }

  @Test
  void prune_whatAWriterLeft_isDeletedOnceItIsOld() throws IOException {
    SnapshotRegistry registry = registry();
    registry.publish(snapshot(1), Map.of());
    Path aside = temporary.resolve(".writing-%d-x".formatted(clock.now.toEpochMilli()));
    Files.createDirectory(aside);
    Files.write(aside.resolve("encoder.afim"), new byte[3]);

    registry.prune(new Retention(1, null));
    assertThat(aside).exists();
    clock.now = clock.now.plus(Duration.ofHours(2));
    registry.prune(new Retention(1, null));
    assertThat(aside).doesNotExist();
  }

  @Test
  void list_halfOfAVersion_isNone() throws IOException {
    SnapshotRegistry registry = registry();
    registry.publish(snapshot(1), Map.of());
    registry.publish(snapshot(2), Map.of());
    Path weights = temporary.resolve("step-000000000002/encoder.afim");
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 100));

    assertThat(registry.list())
        .extracting(SnapshotManifest::version)
        .containsExactly("step-000000000001");
    assertThat(registry.latest()).contains("step-000000000001");
    assertThatThrownBy(() -> registry.manifest("step-000000000002"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("encoder.afim has 100 bytes, but its manifest declares");
  }

  @Test
  void latest_fileMissing_isTheNewestByTime() throws IOException {
    SnapshotRegistry registry = registry();
    registry.publish(snapshot(9), Map.of());
    registry.publish(snapshot(2), Map.of());
    Files.delete(temporary.resolve("latest"));

    assertThat(registry.latest()).contains("step-000000000002");
  }

  @Test
  void latest_nothingThere_isEmpty() throws IOException {
    assertThat(new SnapshotRegistry(new LocalFiles(), temporary + "/none").latest()).isEmpty();
  }

  @Test
  void read_aBitChanged_isRefusedWithBothChecksums() throws IOException {
    SnapshotRegistry registry = registry();
    registry.publish(snapshot(1), Map.of());
    Path weights = temporary.resolve("step-000000000001/encoder.afim");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[500] ^= 1;
    Files.write(weights, bytes);

    assertThatThrownBy(() -> registry.read("step-000000000001"))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            ".*encoder\\.afim has SHA-256 [0-9a-f]{64}, but its manifest declares [0-9a-f]{64}");
  }

  private SnapshotRegistry registry() {
    return new SnapshotRegistry(new LocalFiles(), temporary.toUri().toString(), clock);
  }

  private static EncoderSnapshot snapshot(long step) {
    return Encoders.snapshot(ENCODER, step, step);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** A clock whose every look is a millisecond later. */
  private static final class Ticking extends Clock {
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      now = now.plusMillis(1);
      return now;
    }
  }

  /** Files whose n-th change fails; a write that fails leaves half of its bytes. */
  private static final class Failing implements SnapshotFiles {
    private final SnapshotFiles files = new LocalFiles();
    private final List<String> changes = new ArrayList<>();
    private final int failing;

    Failing(int failing) {
      this.failing = failing;
    }

    private boolean fails(String change) {
      changes.add(change);
      return changes.size() == failing;
    }

    @Override
    public List<String> list(String directory) throws IOException {
      return files.list(directory);
    }

    @Override
    public boolean isDirectory(String path) throws IOException {
      return files.isDirectory(path);
    }

    @Override
    public long length(String file) throws IOException {
      return files.length(file);
    }

    @Override
    public byte[] read(String file) throws IOException {
      return files.read(file);
    }

    @Override
    public void write(String file, byte[] bytes) throws IOException {
      if (fails("write " + file)) {
        files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        throw new IOException("no space left");
      }
      files.write(file, bytes);
    }

    @Override
    public void move(String from, String to) throws IOException {
      if (fails("move " + to)) {
        throw new IOException("cannot rename");
      }
      files.move(from, to);
    }

    @Override
    public void delete(String path) throws IOException {
      files.delete(path);
    }
  }
}
