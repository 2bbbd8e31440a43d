package io.afterimage.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.afterimage.frame.Frame;
import io.afterimage.frame.Labels;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one camera in {@link TemporalPairing}: frames buffered for reordering, and the open
 * group. It is mutable; its frames are not.
 */
public final class CameraState {
  /** Most frames that are buffered; bounds the memory if a camera's clock stands still. */
  public static final int MAX_PENDING = 64;

  private static final int VERSION = 2;
  private static final int WITHOUT_LABELS = 1;

  final String camera;
  final List<Frame> pending = new ArrayList<>(); // by capture time, ties by arrival
  final List<Frame> open = new ArrayList<>(); // views of the open group, by capture time
  @Nullable Frame previous; // the last frame that left pending
  long newestMillis = Long.MIN_VALUE; // of all frames, or MIN_VALUE before the first
  int behind; // frames in a row that were too far behind the newest
  long spanMillis; // target time from the first to the last view of the open group
  int carried; // accepted frames that no group has counted yet

  /** The state of a camera that was never seen. */
  public CameraState(String camera) {
    this.camera = camera;
  }

  /** The camera's id. */
  public String camera() {
    return camera;
  }

  /** Height and width of the frames in it; empty if it holds none. */
  public OptionalInt frameSize() {
    return Stream.concat(
            pending.stream(), Stream.concat(open.stream(), Stream.ofNullable(previous)))
        .mapToInt(Frame::size)
        .findFirst();
  }

  /** An independent copy that shares the frames. */
  public CameraState copy() {
    CameraState copy = new CameraState(camera);
    copy.pending.addAll(pending);
    copy.open.addAll(open);
    copy.previous = previous;
    copy.newestMillis = newestMillis;
    copy.behind = behind;
    copy.spanMillis = spanMillis;
    copy.carried = carried;
    return copy;
  }

  /** Writes the whole state. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    byte[] id = camera.getBytes(UTF_8); // writeUTF stops at 65,535 bytes
    out.writeInt(id.length);
    out.write(id);
    out.writeLong(newestMillis);
    out.writeInt(behind);
    out.writeLong(spanMillis);
    out.writeInt(carried);
    writeAll(pending, out);
    writeAll(open, out);
    boolean isLastView = !open.isEmpty() && previous == open.get(open.size() - 1);
    out.writeByte(previous == null ? 0 : isLastView ? 1 : 2);
    if (previous != null && !isLastView) {
      write(previous, out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is of an unknown version
   */
  public static CameraState read(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION && version != WITHOUT_LABELS) {
      throw new IOException(
          "a camera's state has version %d, but only %d and %d are known"
              .formatted(version, WITHOUT_LABELS, VERSION));
    }
    boolean labels = version != WITHOUT_LABELS;
    byte[] id = new byte[in.readInt()];
    in.readFully(id);
    CameraState state = new CameraState(new String(id, UTF_8));
    state.newestMillis = in.readLong();
    state.behind = in.readInt();
    state.spanMillis = in.readLong();
    state.carried = in.readInt();
    state.readAll(state.pending, labels, in);
    state.readAll(state.open, labels, in);
    state.previous =
        switch (in.readByte()) {
          case 0 -> null;
          case 1 -> state.open.get(state.open.size() - 1);
          default -> state.readFrame(labels, in);
        };
    return state;
  }

  private static void writeAll(List<Frame> frames, DataOutput out) throws IOException {
    out.writeInt(frames.size());
    for (Frame frame : frames) {
      write(frame, out);
    }
  }

  private static void write(Frame frame, DataOutput out) throws IOException {
    out.writeLong(frame.captureTimeMillis());
    out.writeInt(frame.size());
    out.write(frame.pixels());
    Labels.write(frame.label(), out);
  }

  private void readAll(List<Frame> frames, boolean labels, DataInput in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      frames.add(readFrame(labels, in));
    }
  }

  private Frame readFrame(boolean labels, DataInput in) throws IOException {
    long captureTimeMillis = in.readLong();
    int size = in.readInt();
    byte[] pixels = new byte[Frame.bytes(size)];
    in.readFully(pixels);
    return new Frame(camera, captureTimeMillis, size, pixels, labels ? Labels.read(in) : null);
  }
}
