package io.afterimage.stream;

import io.afterimage.frame.Frame;
import io.afterimage.pairing.CameraState;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.pairing.TemporalPairing;
import io.afterimage.stream.metric.PairMetrics;
import io.afterimage.stream.option.PairingOptions;
import io.afterimage.stream.record.Types;
import java.util.List;
import java.util.OptionalInt;
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
 * Pairs the frames of each camera in keyed state, and drops the state of a vanished camera.
 *
 * <p>Pairing depends only on the camera's own frames. Event time only decides when the state of a
 * vanished camera is dropped; by then the camera's own clock would count as an outage.
 */
final class PairOperator extends AbstractStreamOperator<PositiveGroup>
    implements OneInputStreamOperator<Frame, PositiveGroup>,
        Triggerable<String, VoidNamespace>,
        BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private static final String CAMERA_STATE = "camera";
  private static final String TIMERS = "cameras";

  private final Configuration options;

  private transient TemporalPairing pairing;
  private transient ValueState<CameraState> cameraState;
  private transient CameraExpiry expiry;
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
    cameraState = getPartitionedState(new ValueStateDescriptor<>(CAMERA_STATE, Types.CAMERA_STATE));
    expiry =
        new CameraExpiry(
            getPartitionedState(CameraExpiry.STATE), options.get(PairingOptions.EXPIRY));
    timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    List<String> stored = storedCameras();
    changeCameras(stored.size());
    requireFrameSize(stored);
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
    expiry.heard(frame.captureTimeMillis(), timers.currentWatermark(), this::setTimer);
  }

  private void setTimer(long time) {
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
  }

  /** Checks the first frame found, since all stored frames have the same size. */
  private void requireFrameSize(List<String> stored) throws Exception {
    for (String camera : stored) {
      setCurrentKey(camera);
      OptionalInt size = cameraState.value().frameSize();
      if (size.isPresent()) {
        StoredState.requireFrameSize(size.getAsInt(), options);
        return;
      }
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    if (timers.currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp()) {
      // At the end of the input all timers fire in a nondeterministic order.
      return;
    }
    if (expiry.isOver(timer.getTimestamp(), this::setTimer)) {
      forget();
      metrics.expire();
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no processing-time timer is ever set");
  }

  @Override
  public void endInput() throws Exception {
    for (String camera : storedCameras()) {
      setCurrentKey(camera);
      forget();
    }
  }

  /** Uses the buffered frames, and clears all state of the current camera. */
  private void forget() throws Exception {
    emit(pairing.flush(cameraState.value()));
    cameraState.clear();
    expiry.clear();
    changeCameras(-1);
  }

  /** The cameras with state, sorted to be the same in every run. */
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
