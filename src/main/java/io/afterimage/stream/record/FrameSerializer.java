package io.afterimage.stream.record;

import io.afterimage.frame.Frame;
import io.afterimage.frame.Labels;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 2: camera, capture time, size, pixels, label; version 1 had no label. */
public final class FrameSerializer extends ImmutableSerializer<Frame> {
  public FrameSerializer() {
    super(Frame.class, 2);
  }

  @Override
  protected void write(Frame frame, DataOutputView out) throws IOException {
    out.writeUTF(frame.camera());
    out.writeLong(frame.captureTimeMillis());
    out.writeInt(frame.size());
    out.write(frame.pixels());
    Labels.write(frame.label(), out);
  }

  @Override
  protected Frame read(int version, DataInputView in) throws IOException {
    String camera = in.readUTF();
    long captureTimeMillis = in.readLong();
    int size = in.readInt();
    byte[] pixels = new byte[Frame.bytes(size)];
    in.readFully(pixels);
    String label = version == 1 ? null : Labels.read(in);
    return new Frame(camera, captureTimeMillis, size, pixels, label);
  }

  @Override
  public TypeSerializerSnapshot<Frame> snapshotConfiguration() {
    return new Snapshots.OfFrame();
  }
}
