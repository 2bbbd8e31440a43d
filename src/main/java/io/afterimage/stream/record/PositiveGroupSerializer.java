package io.afterimage.stream.record;

import io.afterimage.frame.Frame;
import io.afterimage.frame.Labels;
import io.afterimage.pairing.PositiveGroup;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Version 2: camera, frames, size, views K, K capture times, pixels, label; version 1 had no label.
 */
public final class PositiveGroupSerializer extends ImmutableSerializer<PositiveGroup> {
  public PositiveGroupSerializer() {
    super(PositiveGroup.class, 2);
  }

  @Override
  protected void write(PositiveGroup group, DataOutputView out) throws IOException {
    out.writeUTF(group.camera());
    out.writeInt(group.frames());
    out.writeInt(group.size());
    out.writeInt(group.views());
    for (long time : group.captureTimesMillis()) {
      out.writeLong(time);
    }
    out.write(group.pixels());
    Labels.write(group.label(), out);
  }

  @Override
  protected PositiveGroup read(int version, DataInputView in) throws IOException {
    String camera = in.readUTF();
    int frames = in.readInt();
    int size = in.readInt();
    long[] captureTimesMillis = new long[in.readInt()];
    for (int k = 0; k < captureTimesMillis.length; k++) {
      captureTimesMillis[k] = in.readLong();
    }
    byte[] pixels = new byte[captureTimesMillis.length * Frame.bytes(size)];
    in.readFully(pixels);
    String label = version == 1 ? null : Labels.read(in);
    return new PositiveGroup(camera, captureTimesMillis, size, pixels, frames, label);
  }

  @Override
  public TypeSerializerSnapshot<PositiveGroup> snapshotConfiguration() {
    return new Snapshots.OfPositiveGroup();
  }
}
