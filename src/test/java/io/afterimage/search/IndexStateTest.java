package io.afterimage.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexStateTest {
  /** As format 1 has always been written. */
  private static final String STORED =
      """
      {
        "format" : 1,
        "topicId" : "M3dWnGcXTQmVfJ2zYk0o1w",
        "read" : 4711,
        "positions" : {
          "0" : 12,
          "10" : 34
        },
        "encoders" : [ {
          "id" : "fedcba9876543210",
          "step" : 300,
          "firstCaptureMillis" : 1767268800000,
          "lastCaptureMillis" : 1767268900000
        } ]
      }""";

  private static final IndexState STATE =
      new IndexState(
          "M3dWnGcXTQmVfJ2zYk0o1w",
          4711,
          Map.of(0, 12L, 10, 34L),
          List.of(new IndexedEncoder(0xfedcba9876543210L, 300, 1767268800000L, 1767268900000L)));

  @TempDir Path directory;

  @Test
  void write_isTheStoredForm() throws IOException {
    STATE.write(directory);
    assertThat(Files.readString(directory.resolve(IndexState.FILE))).isEqualTo(STORED);
  }

  @Test
  void read_storedForm_isTheSame() throws IOException {
    Files.writeString(directory.resolve(IndexState.FILE), STORED);
    assertThat(IndexState.read(directory)).isEqualTo(STATE);
  }

  @Test
  void read_whatIsNone_namesTheFile() throws IOException {
    for (String wrong : List.of("{", "{}", STORED.replace("\"format\" : 1", "\"format\" : 2"))) {
      Files.writeString(directory.resolve(IndexState.FILE), wrong);
      assertThatThrownBy(() -> IndexState.read(directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(IndexState.FILE + " cannot be used");
    }
  }
}
