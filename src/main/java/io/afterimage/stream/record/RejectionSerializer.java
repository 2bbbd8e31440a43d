package io.afterimage.stream.record;

import io.afterimage.frame.RejectionReason;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: key, value, partition, offset, timestamp, reason by name, detail. */
public final class RejectionSerializer extends ImmutableSerializer<Rejection> {
  public RejectionSerializer() {
    super(Rejection.class, 1);
  }

  @Override
  protected void write(Rejection rejection, DataOutputView out) throws IOException {
    Bytes.writeNullable(rejection.key(), out);
    Bytes.writeNullable(rejection.value(), out);
    out.writeInt(rejection.partition());
    out.writeLong(rejection.offset());
    out.writeLong(rejection.timestampMillis());
    out.writeUTF(rejection.reason().name());
    out.writeUTF(rejection.detail());
  }

  @Override
  protected Rejection read(int version, DataInputView in) throws IOException {
    return new Rejection(
        Bytes.readNullable(in),
        Bytes.readNullable(in),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        RejectionReason.valueOf(in.readUTF()),
        in.readUTF());
  }

  @Override
  public TypeSerializerSnapshot<Rejection> snapshotConfiguration() {
    return new Snapshots.OfRejection();
  }
}
