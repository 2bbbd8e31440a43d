package io.afterimage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path root;

  private RunDirectory directory;

  @BeforeEach
  void open() {
    directory = new RunDirectory(root);
  }

  @Test
  void newestState_nothingOrNoBroker_isEmpty() throws IOException {
    assertThat(directory.newestState()).isEmpty();
    write("savepoints/savepoint-1/_metadata", 1);
    assertThat(directory.newestState()).isEmpty();
  }

  @Test
  void newestState_killedAfterAResume_isTheLaterCheckpoint() throws IOException {
    write("kafka/meta.properties", 0);
    write("savepoints/savepoint-1/_metadata", 100);
    write("checkpoints/0a/chk-1/_metadata", 50);
    write("checkpoints/0b/chk-7/_metadata", 200);
    write("checkpoints/0b/chk-8/half-written", 300);
    assertThat(directory.newestState()).contains(root.resolve("checkpoints/0b/chk-7"));
    assertThat(directory.wasKilled()).isTrue();
    write("savepoints/savepoint-2/_metadata", 400);
    assertThat(directory.wasKilled()).isFalse();
  }

  @Test
  void keepOnly_stateAtTheEnd_deletesWhatItReplaces() throws IOException {
    write("kafka/meta.properties", 0);
    write("savepoints/savepoint-1/_metadata", 100);
    write("savepoints/savepoint-2/_metadata", 300);
    write("checkpoints/0b/chk-7/_metadata", 200);
    directory.keepOnly(root.resolve("savepoints/savepoint-2"));
    assertThat(directory.newestState()).contains(root.resolve("savepoints/savepoint-2"));
    assertThat(root.resolve("savepoints/savepoint-1")).doesNotExist();
    assertThat(directory.checkpoints()).doesNotExist();
  }

  @Test
  void setAside_twice_keepsBoth() throws IOException {
    for (String run : new String[] {"first", "second"}) {
      write("snapshots/latest", 1_000);
      write("kafka/meta.properties", 1_000);
      write("savepoints/savepoint-" + run + "/_metadata", 1_000);
      Path earlier = directory.setAside().orElseThrow();
      assertThat(earlier.getParent()).isEqualTo(root.resolve("earlier"));
      assertThat(new RunDirectory(earlier).newestState())
          .contains(earlier.resolve("savepoints/savepoint-" + run));
      assertThat(directory.holdsAnEncoder()).isFalse();
    }
    try (var kept = Files.list(root.resolve("earlier"))) {
      assertThat(kept).hasSize(2);
    }
  }

  @Test
  void setAside_killedBeforeItsFirstSnapshot_keepsItsCheckpoint() throws IOException {
    write("kafka/meta.properties", 1_000);
    write("checkpoints/0a/chk-1/_metadata", 1_000);
    Path earlier = directory.setAside().orElseThrow();
    assertThat(new RunDirectory(earlier).newestState())
        .contains(earlier.resolve("checkpoints/0a/chk-1"));
    assertThat(directory.newestState()).isEmpty();
  }

  @Test
  void setAside_nothingLearned_isDeleted() throws IOException {
    write("kafka/meta.properties", 1);
    assertThat(directory.setAside()).isEmpty();
    assertThat(root).isEmptyDirectory();
  }

  private void write(String name, long second) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
  }
}
