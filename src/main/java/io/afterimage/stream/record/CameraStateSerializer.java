package io.afterimage.stream.record;

import io.afterimage.pairing.CameraState;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The versioned form of {@link CameraState}. The state is mutable and therefore copied. */
public final class CameraStateSerializer extends TypeSerializerSingleton<CameraState> {
  @Override
  public boolean isImmutableType() {
    return false;
  }

  /** Always null: Flink creates instances only for reuse, and these are never reused. */
  @Override
  public @Nullable CameraState createInstance() {
    return null;
  }

  @Override
  public CameraState copy(CameraState from) {
    return from.copy();
  }

  @Override
  public CameraState copy(CameraState from, CameraState reuse) {
    return from.copy();
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(CameraState state, DataOutputView out) throws IOException {
    state.write(out);
  }

  @Override
  public CameraState deserialize(DataInputView in) throws IOException {
    return CameraState.read(in);
  }

  @Override
  public CameraState deserialize(CameraState reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public TypeSerializerSnapshot<CameraState> snapshotConfiguration() {
    return new Snapshots.OfCameraState();
  }
}
