package io.afterimage.stream.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes immutable values, each preceded by a version byte: state of older releases stays
 * readable, and state of a newer release is rejected with a clear message.
 *
 * <p>A subclass has a constructor without arguments and a class in {@link Snapshots}. It is
 * stateless: one instance may serve many threads.
 */
public abstract class ImmutableSerializer<T> extends TypeSerializerSingleton<T> {
  private final Class<T> type;
  private final byte version;

  /**
   * @param type class of the values, for errors
   * @param version version of the form that {@link #write} writes; {@link #read} accepts this and
   *     all earlier versions
   */
  protected ImmutableSerializer(Class<T> type, int version) {
    this.type = type;
    this.version = (byte) version;
  }

  /** Writes the value in the newest form. */
  protected abstract void write(T value, DataOutputView out) throws IOException;

  /** Reads a value of the form {@code version}, which is at most the newest. */
  protected abstract T read(int version, DataInputView in) throws IOException;

  @Override
  public final void serialize(T value, DataOutputView out) throws IOException {
    out.writeByte(version);
    write(value, out);
  }

  @Override
  public final T deserialize(DataInputView in) throws IOException {
    int found = in.readUnsignedByte();
    if (found < 1 || found > version) {
      throw new IOException(
          "%s has format version %d, but this release reads 1 to %d"
              .formatted(type.getSimpleName(), found, version));
    }
    return read(found, in);
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  /** Always null: Flink creates instances only for reuse, and these are never reused. */
  @Override
  @SuppressWarnings("NullAway")
  public final T createInstance() {
    return null;
  }

  @Override
  public final int getLength() {
    return -1;
  }
}
