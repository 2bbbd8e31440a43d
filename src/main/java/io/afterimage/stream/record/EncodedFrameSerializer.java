package io.afterimage.stream.record;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Labels;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 2: camera, capture time, partition, offset, image, label; version 1 had no label. */
public final class EncodedFrameSerializer extends ImmutableSerializer<EncodedFrame> {
  public EncodedFrameSerializer() {
    super(EncodedFrame.class, 2);
  }

  @Override
  protected void write(EncodedFrame frame, DataOutputView out) throws IOException {
    out.writeUTF(frame.camera());
    out.writeLong(frame.captureTimeMillis());
    out.writeInt(frame.partition());
    out.writeLong(frame.offset());
    Bytes.write(frame.image(), out);
    Labels.write(frame.label(), out);
  }

  @Override
  protected EncodedFrame read(int version, DataInputView in) throws IOException {
    String camera = in.readUTF();
    long captureTimeMillis = in.readLong();
    int partition = in.readInt();
    long offset = in.readLong();
    byte[] image = Bytes.read(in);
    String label = version == 1 ? null : Labels.read(in);
    return new EncodedFrame(camera, captureTimeMillis, image, partition, offset, label);
  }

  @Override
  public TypeSerializerSnapshot<EncodedFrame> snapshotConfiguration() {
    return new Snapshots.OfEncodedFrame();
  }
}
