package io.afterimage.stream;

import io.afterimage.stream.metric.EmbedMetrics;
import io.afterimage.stream.option.EmbeddingsOptions;
import io.afterimage.stream.record.LocatedFrame;
import io.afterimage.stream.record.Types;
import io.afterimage.train.encoder.Backend;
import io.afterimage.wire.FrameEmbedding;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Embeds frames with the newest encoder. Frames arrive on the first input, encoders on the second,
 * which is broadcast to all subtasks.
 *
 * <p>Frames are embedded in batches. A batch ends when it is full, when its first frame has waited
 * long enough, when another encoder arrives, and before a checkpoint's barrier. A checkpoint
 * therefore holds no frames except those waiting for the first encoder, and a batch never mixes
 * encoders.
 *
 * <p>Frames wait for an encoder only in a new job, while the learner starts; a restored job has the
 * encoder of its checkpoint. Since Flink cannot block one input until the other has delivered,
 * frames are consumed slowly from {@link #MANY_WAITING_BYTES} on: the resulting backpressure keeps
 * the waiting frames from filling the heap.
 */
final class EmbedOperator extends AbstractStreamOperator<FrameEmbedding>
    implements TwoInputStreamOperator<LocatedFrame, byte[], FrameEmbedding> {
  private static final long serialVersionUID = 1L;

  private static final MapStateDescriptor<Integer, byte[]> ENCODER_STATE =
      new MapStateDescriptor<>("encoder", Types.LEARNER, Types.SNAPSHOT);
  private static final ListStateDescriptor<LocatedFrame> WAITING_STATE =
      new ListStateDescriptor<>("waiting", Types.LOCATED_FRAME);

  /** The only key of the encoder's state. */
  private static final int NEWEST = 0;

  private static final long MANY_WAITING_BYTES = 32 << 20;
  private static final long PAUSE_MILLIS = 100;

  private final Configuration options;

  private transient BroadcastState<Integer, byte[]> encoderState;
  private transient ListState<LocatedFrame> waitingState;
  private transient Queue<LocatedFrame> waiting;
  private transient long waitingBytes;
  private transient @Nullable FrameBatch batch; // null before the first encoder
  private transient @Nullable ScheduledFuture<?> deadline;
  private transient long firstArrivalNanos;
  private transient long maxWaitMillis;
  private transient int threadsBefore;
  private transient EmbedMetrics metrics;

  EmbedOperator(Configuration options) {
    this.options = options;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    encoderState = context.getOperatorStateStore().getBroadcastState(ENCODER_STATE);
    waitingState = context.getOperatorStateStore().getListState(WAITING_STATE);
  }

  @Override
  public void open() throws Exception {
    super.open();
    metrics = new EmbedMetrics(getMetricGroup());
    maxWaitMillis = options.get(EmbeddingsOptions.MAX_WAIT).toMillis();
    threadsBefore = Backend.useThreads(options.get(EmbeddingsOptions.THREADS));
    waiting = new ArrayDeque<>();
    for (LocatedFrame frame : waitingState.get()) {
      StoredState.requireFrameSize(frame.frame().size(), options);
      hold(frame);
    }
    byte[] stored = encoderState.get(NEWEST);
    if (stored != null) {
      use(stored);
    }
  }

  @Override
  public void processElement1(StreamRecord<LocatedFrame> element) throws Exception {
    if (batch == null) {
      hold(element.getValue());
      if (waitingBytes >= MANY_WAITING_BYTES) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } else {
      add(batch, element.getValue());
    }
  }

  @Override
  public void processElement2(StreamRecord<byte[]> element) throws Exception {
    byte[] snapshot = element.getValue();
    encoderState.put(NEWEST, snapshot);
    use(snapshot);
  }

  private void hold(LocatedFrame frame) {
    waiting.add(frame);
    waitingBytes += frame.frame().pixels().length;
    metrics.waiting(waiting.size());
  }

  private void use(byte[] snapshot) throws IOException {
    flush();
    FrameBatch current = batch;
    if (current == null) {
      current = first(snapshot);
      batch = current;
    } else {
      current.use(snapshot);
    }
    metrics.encoder(current.step());
    for (LocatedFrame frame = waiting.poll(); frame != null; frame = waiting.poll()) {
      add(current, frame);
    }
    waitingBytes = 0;
    metrics.waiting(0);
  }

  private FrameBatch first(byte[] snapshot) throws IOException {
    FrameBatch created = new FrameBatch(snapshot, options.get(EmbeddingsOptions.BATCH_SIZE));
    try {
      StoredState.requireEncoder(created.settings(), options);
      return created;
    } catch (RuntimeException e) {
      created.close();
      throw e;
    }
  }

  private void add(FrameBatch to, LocatedFrame frame) {
    to.add(frame);
    if (to.size() == 1) {
      firstArrivalNanos = System.nanoTime();
    }
    if (to.isFull() || maxWaitMillis == 0) {
      flush();
    } else if (to.size() == 1) {
      deadline =
          getProcessingTimeService()
              .registerTimer(
                  getProcessingTimeService().getCurrentProcessingTime() + maxWaitMillis,
                  time -> flush());
    }
  }

  /** Embeds the frames of the batch under construction, if there are any. */
  private void flush() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
    if (batch == null || batch.size() == 0) {
      return;
    }
    int frames = batch.size();
    long start = System.nanoTime();
    for (FrameEmbedding embedding : batch.embed()) {
      output.collect(new StreamRecord<>(embedding, embedding.captureMillis()));
    }
    long end = System.nanoTime();
    metrics.batch(frames, end - start, end - firstArrivalNanos);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    waitingState.update(List.copyOf(waiting));
  }

  /** Both inputs have ended; the learner's last encoder has arrived. */
  @Override
  public void finish() throws Exception {
    flush();
    if (!waiting.isEmpty()) {
      throw new IllegalStateException(
          "%d frames wait for an encoder that never arrived".formatted(waiting.size()));
    }
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (batch != null) {
      batch.close();
      batch = null;
    }
    if (threadsBefore > 0) {
      Backend.useThreads(threadsBefore);
    }
    super.close();
  }
}
