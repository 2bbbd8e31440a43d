package io.afterimage.stream;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.stream.option.OptionsReader;
import io.afterimage.stream.record.Types;
import io.afterimage.train.Learner;
import io.afterimage.train.StepReport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The learning operator in a harness, and groups for it. */
abstract class LearnOperatorFixture {
  private static final int SIZE = 16;

  @TempDir Path directory;

  StateBackend backend = new HashMapStateBackend();
  KeyedOneInputStreamOperatorTestHarness<Integer, PositiveGroup, StepReport> harness;

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  KeyedOneInputStreamOperatorTestHarness<Integer, PositiveGroup, StepReport> open(
      Configuration options, OperatorSubtaskState state) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<Integer, PositiveGroup, StepReport> opened =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new LearnOperator(options, Learner::new), new LearnerKey(), Types.LEARNER);
    opened.setStateBackend(backend);
    if (state != null) {
      opened.initializeState(state);
    }
    try {
      opened.open();
    } catch (Exception e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  OperatorSubtaskState checkpoint(long id) throws Exception {
    harness.prepareSnapshotPreBarrier(id);
    return harness.snapshot(id, id);
  }

  void groups(int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      harness.processElement(new StreamRecord<>(group(i)));
    }
  }

  private static PositiveGroup group(int number) {
    byte[] pixels = new byte[2 * SIZE * SIZE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (number * 31 + i * (1 + number % 5));
    }
    return new PositiveGroup(
        "camera-" + number % 3, new long[] {number * 100L, number * 100L + 50}, SIZE, pixels, 3);
  }

  static Configuration options(Map<String, String> more) throws Exception {
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "frame.size", "16",
                "encoder.width", "8",
                "encoder.embedding-size", "8",
                "batch.groups", "4",
                "batch.fresh-groups", "2",
                "memory.capacity", "16",
                "prior.warmup-steps", "3"));
    options.putAll(more);
    return OptionsReader.read(null, options);
  }
}
