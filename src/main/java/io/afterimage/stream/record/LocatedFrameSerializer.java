package io.afterimage.stream.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: frame, partition, offset. */
public final class LocatedFrameSerializer extends ImmutableSerializer<LocatedFrame> {
  private static final FrameSerializer FRAME = new FrameSerializer();

  public LocatedFrameSerializer() {
    super(LocatedFrame.class, 1);
  }

  @Override
  protected void write(LocatedFrame located, DataOutputView out) throws IOException {
    FRAME.serialize(located.frame(), out);
    out.writeInt(located.partition());
    out.writeLong(located.offset());
  }

  @Override
  protected LocatedFrame read(int version, DataInputView in) throws IOException {
    return new LocatedFrame(FRAME.deserialize(in), in.readInt(), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<LocatedFrame> snapshotConfiguration() {
    return new Snapshots.OfLocatedFrame();
  }
}
