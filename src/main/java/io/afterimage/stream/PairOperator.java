package io.afterimage.stream;

import io.afterimage.frame.Frame;
import io.afterimage.pairing.CameraState;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.pairing.TemporalPairing;
import io.afterimage.stream.metric.PairMetrics;
import io.afterimage.stream.option.PairingOptions;
import io.afterimage.stream.record.Types;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Pairs the frames of each camera in keyed state, and forgets a camera that sends no more.
 *
 * <p>Which frames are paired depends on the camera's own frames only. Event time decides no more
 * than when a vanished camera is forgotten, which its own clock would have taken for an outage.
 *
 * <p>A camera has at most one timer. It is not moved with every frame: when it fires, it looks
 * whether the camera was heard of since, and if so waits on. It counts from the watermark where
 * that is ahead of the camera's clock, so that a camera whose clock is behind the others' stays
 * known.
 */
final class PairOperator extends AbstractStreamOperator<PositiveGroup>
    implements OneInputStreamOperator<Frame, PositiveGroup>,
        Triggerable<String, VoidNamespace>,
        BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private static final String CAMERA_STATE = "camera";
  private static final String EXPIRY_STATE = "expiry";
  private static final String TIMERS = "cameras";

  private final Configuration options;

  private transient TemporalPairing pairing;
  private transient long expiryMillis;
  private transient ValueState<CameraState> cameraState;
  private transient ValueState<Long> expiryState;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient PairMetrics metrics;
  private transient int cameras;

  PairOperator(Configuration options) {
    this.options = options;
  }

  @Override
  public void open() throws Exception {
    super.open();
    metrics = new PairMetrics(getMetricGroup());
    pairing = new TemporalPairing(PairingOptions.settings(options), metrics::event);
    expiryMillis = options.get(PairingOptions.EXPIRY).toMillis();
    cameraState = getPartitionedState(new ValueStateDescriptor<>(CAMERA_STATE, Types.CAMERA_STATE));
    expiryState = getPartitionedState(new ValueStateDescriptor<>(EXPIRY_STATE, Types.TIME));
    timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    changeCameras(storedCameras().size());
  }

  @Override
  public void processElement(StreamRecord<Frame> element) throws Exception {
    Frame frame = element.getValue();
    CameraState camera = cameraState.value();
    if (camera == null) {
      camera = new CameraState(frame.camera());
      changeCameras(1);
    }
    emit(pairing.accept(camera, frame));
    cameraState.update(camera);
    stayKnown(frame.captureTimeMillis());
  }

  private void stayKnown(long captureTimeMillis) throws Exception {
    Long known = expiryState.value();
    long expiry = Math.max(captureTimeMillis, timers.currentWatermark()) + expiryMillis;
    if (known == null) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, expiry);
    }
    if (known == null || expiry > known) {
      expiryState.update(expiry);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    if (timers.currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp()) {
      // The input ends: all timers fire, in no order that a later run would repeat.
      return;
    }
    long expiry = expiryState.value();
    if (expiry > timer.getTimestamp()) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, expiry);
    } else {
      forget();
      metrics.expire();
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no timer of processing time is ever set");
  }

  @Override
  public void endInput() throws Exception {
    for (String camera : storedCameras()) {
      setCurrentKey(camera);
      forget();
    }
  }

  /** Uses the frames that still wait, and clears all state of the current camera. */
  private void forget() throws Exception {
    emit(pairing.flush(cameraState.value()));
    cameraState.clear();
    expiryState.clear();
    changeCameras(-1);
  }

  /** In an order of their own, so that it is the same in every run. */
  private List<String> storedCameras() {
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(CAMERA_STATE, VoidNamespace.INSTANCE)) {
      return keys.sorted().toList();
    }
  }

  private void emit(List<PositiveGroup> groups) {
    for (PositiveGroup group : groups) {
      metrics.group();
      output.collect(new StreamRecord<>(group, group.lastCaptureTimeMillis()));
    }
  }

  private void changeCameras(int by) {
    cameras += by;
    metrics.cameras(cameras);
  }
}
