package io.afterimage.stream.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.RateBucket;
import io.afterimage.frame.RejectionReason;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.StepReport;
import io.afterimage.train.StepReports;
import io.afterimage.train.prior.PriorEstimate;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImmutableSerializerTest {
  private static final EncodedFrame ENCODED =
      new EncodedFrame("straße", 1_700_000_000_123L, new byte[] {1, -2, 3}, 4, 1L << 40);
  private static final Rejection REJECTED =
      new Rejection(
          null, new byte[0], 1, 2, Long.MIN_VALUE, RejectionReason.MISSING_CAMERA, "no key");

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(Types.ENCODED_FRAME, ENCODED),
        Arguments.of(Types.REJECTION, REJECTED),
        Arguments.of(Types.RECEIVED, Received.frame(ENCODED)),
        Arguments.of(Types.RECEIVED, Received.rejected(REJECTED)),
        Arguments.of(
            Types.ENCODED_FRAME, new EncodedFrame("a", 1, new byte[] {1}, 0, 0, "a label")),
        Arguments.of(Types.FRAME, new Frame("a", -5, 2, pixels(12))),
        Arguments.of(Types.FRAME, new Frame("a", -5, 2, pixels(12), "a label")),
        Arguments.of(
            Types.POSITIVE_GROUP,
            new PositiveGroup("b", new long[] {1, 2}, 2, pixels(24), 17, "a label")),
        Arguments.of(
            Types.POSITIVE_GROUP,
            new PositiveGroup("b", new long[] {1, 2, 900}, 2, pixels(36), 17)),
        Arguments.of(Types.RATE_BUCKET, new RateBucket(-5, 59.25)),
        Arguments.of(Types.STEP_REPORT, report()));
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void deserialize_givesWhatWasSerialized(TypeInformation<T> type, T value) throws Exception {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    byte[] bytes = bytes(serializer, value);
    DataInputDeserializer in = new DataInputDeserializer(bytes);

    assertThat(serializer.deserialize(in))
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .isEqualTo(value);
    assertThat(in.available()).isZero();

    DataOutputSerializer copy = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(bytes), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void snapshot_restoresTheSerializer(TypeInformation<T> type, T value) throws Exception {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

    TypeSerializerSnapshot<T> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
    assertThat(
            restored
                .restoreSerializer()
                .deserialize(new DataInputDeserializer(bytes(serializer, value))))
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class)
        .isEqualTo(value);
  }

  @Test
  void deserialize_ofANewerVersion_namesBoth() {
    byte[] bytes = {9, 0, 0};

    assertThatThrownBy(() -> new FrameSerializer().deserialize(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage("Frame has format version 9, but this release reads 1 to 2");
  }

  @Test
  void deserialize_ofVersionOne_hasNoLabel() throws IOException {
    DataOutputSerializer frame = new DataOutputSerializer(64);
    frame.writeByte(1);
    frame.writeUTF("gate");
    frame.writeLong(5);
    frame.writeInt(2);
    frame.write(pixels(12));
    assertThat(new FrameSerializer().deserialize(in(frame)))
        .usingRecursiveComparison()
        .isEqualTo(new Frame("gate", 5, 2, pixels(12)));

    DataOutputSerializer encoded = new DataOutputSerializer(64);
    encoded.writeByte(1);
    encoded.writeUTF("gate");
    encoded.writeLong(5);
    encoded.writeInt(3);
    encoded.writeLong(4);
    encoded.writeInt(2);
    encoded.write(new byte[] {7, 8});
    assertThat(new EncodedFrameSerializer().deserialize(in(encoded)))
        .usingRecursiveComparison()
        .isEqualTo(new EncodedFrame("gate", 5, new byte[] {7, 8}, 3, 4));

    DataOutputSerializer group = new DataOutputSerializer(64);
    group.writeByte(1);
    group.writeUTF("gate");
    group.writeInt(9);
    group.writeInt(2);
    group.writeInt(2);
    group.writeLong(5);
    group.writeLong(6);
    group.write(pixels(24));
    assertThat(new PositiveGroupSerializer().deserialize(in(group)))
        .usingRecursiveComparison()
        .isEqualTo(new PositiveGroup("gate", new long[] {5, 6}, 2, pixels(24), 9));
  }

  private static DataInputDeserializer in(DataOutputSerializer written) {
    return new DataInputDeserializer(written.getCopyOfBuffer());
  }

  private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static byte[] pixels(int length) {
    byte[] pixels = new byte[length];
    for (int i = 0; i < length; i++) {
      pixels[i] = (byte) (i * 37);
    }
    return pixels;
  }

  private static StepReport report() {
    return StepReports.of(
        Double.NaN,
        new PriorEstimate(
            PriorEstimate.Meaning.EFFECTIVE_PRIOR, 0.1, 0.05, Double.POSITIVE_INFINITY, true));
  }
}
