package io.afterimage.stream.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: whether it is a frame, then the frame or the rejection. */
public final class ReceivedSerializer extends ImmutableSerializer<Received> {
  private static final EncodedFrameSerializer FRAME = new EncodedFrameSerializer();
  private static final RejectionSerializer REJECTION = new RejectionSerializer();

  public ReceivedSerializer() {
    super(Received.class, 1);
  }

  @Override
  protected void write(Received received, DataOutputView out) throws IOException {
    out.writeBoolean(received.frame() != null);
    if (received.frame() != null) {
      FRAME.serialize(received.frame(), out);
    } else {
      REJECTION.serialize(received.rejection(), out);
    }
  }

  @Override
  protected Received read(int version, DataInputView in) throws IOException {
    return in.readBoolean()
        ? Received.frame(FRAME.deserialize(in))
        : Received.rejected(REJECTION.deserialize(in));
  }

  @Override
  public TypeSerializerSnapshot<Received> snapshotConfiguration() {
    return new Snapshots.OfReceived();
  }
}
