package io.afterimage.stream;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.stream.metric.BatchMetrics;
import io.afterimage.stream.metric.ReportMetrics;
import io.afterimage.stream.option.BatchOptions;
import io.afterimage.stream.option.EmbeddingsOptions;
import io.afterimage.stream.option.EncoderOptions;
import io.afterimage.stream.option.LearnerOptions;
import io.afterimage.stream.option.MemoryOptions;
import io.afterimage.stream.record.Types;
import io.afterimage.train.BatchComposer;
import io.afterimage.train.Learner;
import io.afterimage.train.LearnerSettings;
import io.afterimage.train.OtherEncoderException;
import io.afterimage.train.StepReport;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Trains the encoder on positive groups: stores them, composes mini-batches, runs steps, and
 * reports each step.
 *
 * <p>There is one learner per key. Its replay memory is always in keyed state. The rest of its
 * state (weights, moments, prior, the few numbers of the mini-batch under construction) is written
 * there at a checkpoint, after the running steps are done and their reports were emitted ahead of
 * the barrier.
 *
 * <p>A stored learner is restored when the operator opens. Options that do not match it fail the
 * job before its first step, without restarts, which would fail in the same way.
 */
final class LearnOperator extends AbstractStreamOperator<StepReport>
    implements OneInputStreamOperator<PositiveGroup, StepReport>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** The newest encoder, for the embedding operators. */
  static final OutputTag<byte[]> ENCODERS = new OutputTag<>("encoders", Types.SNAPSHOT);

  private static final String LEARNER_STATE = "learner";
  private static final String COMPOSER_STATE = "mini-batch";
  private static final String MEMORY_STATE = "memory";

  private final Configuration options;
  private final SerializableFunction<LearnerSettings, Learner> newLearner;

  private transient ValueState<byte[]> learnerState;
  private transient ValueState<byte[]> composerState;
  private transient MapState<Integer, PositiveGroup> memory;
  private transient Map<Integer, KeyedLearner> learners;
  private transient boolean restored;

  /** Read when the operator opens, to report problems at once. */
  private transient @Nullable EncoderSnapshot warmStart;

  private transient boolean begun;

  LearnOperator(Configuration options, SerializableFunction<LearnerSettings, Learner> newLearner) {
    this.options = options;
    this.newLearner = newLearner;
  }

  @Override
  public void open() throws Exception {
    super.open();
    learners = new TreeMap<>();
    learnerState = getPartitionedState(bytes(LEARNER_STATE));
    composerState = getPartitionedState(bytes(COMPOSER_STATE));
    memory =
        getPartitionedState(
            new MapStateDescriptor<>(MEMORY_STATE, Types.SLOT, Types.POSITIVE_GROUP));
    for (Integer key : storedKeys()) {
      restore(key);
    }
    if (!restored) {
      warmStart = WarmStart.read(options);
    }
    if (options.get(EmbeddingsOptions.ENABLED)) {
      // Deferred: records that an operator emits before its task runs may find no free buffer, and
      // nobody to free one.
      getProcessingTimeService()
          .registerTimer(getProcessingTimeService().getCurrentProcessingTime(), time -> begin());
    }
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    restored = context.isRestored();
  }

  private static ValueStateDescriptor<byte[]> bytes(String name) {
    return new ValueStateDescriptor<>(name, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  private List<Integer> storedKeys() {
    try (Stream<Integer> keys =
        this.<Integer>getKeyedStateBackend().getKeys(LEARNER_STATE, VoidNamespace.INSTANCE)) {
      return keys.sorted().toList();
    }
  }

  private void restore(Integer key) throws IOException {
    setCurrentKey(key);
    KeyedLearner learner = learners.computeIfAbsent(key, this::create);
    try {
      learner.read(input(learnerState.value()), input(composerState.value()));
    } catch (OtherEncoderException e) {
      StoredState.requireEncoder(e.stored(), options);
      throw e;
    } catch (IOException | IllegalStateException e) {
      throw new SuppressRestartsException(e);
    }
    LOG.info("Learner {} continues after step {}", key, learner.step());
  }

  /** Sends the first encoder without waiting for the first group. */
  private void begin() throws Exception {
    if (begun || !options.get(EmbeddingsOptions.ENABLED)) {
      return;
    }
    begun = true;
    if (isMine(LearnerKey.ONLY)) {
      setCurrentKey(LearnerKey.ONLY);
      learner(LearnerKey.ONLY);
    }
    for (KeyedLearner learner : learners.values()) {
      learner.begin();
    }
  }

  private boolean isMine(Integer key) {
    TaskInfo task = getRuntimeContext().getTaskInfo();
    return task.getIndexOfThisSubtask()
        == KeyGroupRangeAssignment.assignKeyToParallelOperator(
            key, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
  }

  @Override
  public void processElement(StreamRecord<PositiveGroup> element) throws Exception {
    Object key = getCurrentKey();
    begin();
    setCurrentKey(key);
    KeyedLearner learner = learner((Integer) key);
    endForGood(() -> learner.accept(element.getValue()));
  }

  private void drain() throws Exception {
    for (KeyedLearner learner : learners.values()) {
      endForGood(learner::drain);
    }
  }

  /**
   * Runs what may report that a step failed: whatever waits for steps. The same state and the same
   * groups would fail again after a restart.
   */
  private static void endForGood(ThrowingRunnable<Exception> stepping) throws Exception {
    try {
      stepping.run();
    } catch (IllegalStateException e) {
      throw new SuppressRestartsException(e);
    }
  }

  private KeyedLearner learner(Integer key) {
    KeyedLearner known = learners.get(key);
    return known == null ? start(key) : known;
  }

  /** A learner without stored state. */
  private KeyedLearner start(Integer key) {
    EncoderSnapshot from = warmStart == null ? WarmStart.read(options) : warmStart;
    warmStart = null;
    KeyedLearner learner = create(key);
    learners.put(key, learner);
    if (from != null) {
      learner.start(from);
      LOG.info(
          "Learner {} starts from the encoder of {}, trained for {} steps",
          key,
          options.get(EncoderOptions.WARM_START),
          from.step());
    }
    return learner;
  }

  private KeyedLearner create(Integer key) {
    MetricGroup group = getMetricGroup().addGroup("learner", key.toString());
    ReportMetrics metrics = new ReportMetrics(group);
    return new KeyedLearner(
        new BatchComposer(
            BatchOptions.settings(options),
            MemoryOptions.settings(options),
            new KeyedGroupStore(memory),
            options.get(LearnerOptions.SEED)),
        newLearner.apply(LearnerOptions.settings(options)),
        new BatchMetrics(group),
        new SnapshotSchedule(options, group),
        refresh(),
        report -> {
          metrics.report(report);
          output.collect(new StreamRecord<>(report));
        },
        options.get(LearnerOptions.MAX_STEPS));
  }

  private @Nullable EncoderRefresh refresh() {
    return options.get(EmbeddingsOptions.ENABLED)
        ? new EncoderRefresh(
            options.get(EmbeddingsOptions.REFRESH_STEPS),
            encoder -> output.collect(ENCODERS, new StreamRecord<>(encoder)))
        : null;
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    drain();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (Map.Entry<Integer, KeyedLearner> entry : learners.entrySet()) {
      setCurrentKey(entry.getKey());
      learnerState.update(written(entry.getValue()::writeLearner));
      composerState.update(written(entry.getValue()::writeComposer));
    }
  }

  /** Reports the last steps, which otherwise happens only when another step follows. */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle()) {
      drain();
    }
    super.processWatermarkStatus(status);
  }

  @Override
  public void endInput() throws Exception {
    begin();
    for (KeyedLearner learner : learners.values()) {
      endForGood(learner::end);
    }
  }

  @Override
  public void close() throws Exception {
    if (learners != null) {
      learners.values().forEach(KeyedLearner::close);
      learners = null;
    }
    super.close();
  }

  @FunctionalInterface
  private interface Part {
    void write(DataOutput out) throws IOException;
  }

  /** Returns a new array, since heap state keeps a reference to it. */
  private static byte[] written(Part part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    part.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInput input(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
