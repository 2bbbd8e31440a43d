package io.afterimage.frame;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The binary form of an optional label. */
public final class Labels {
  private Labels() {}

  /** Writes whether there is a label, and the label (modified UTF-8). */
  public static void write(@Nullable String label, DataOutput out) throws IOException {
    out.writeBoolean(label != null);
    if (label != null) {
      out.writeUTF(label);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static @Nullable String read(DataInput in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }
}
