package io.afterimage.stream.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.common.Uuid;

/**
 * Version 1: the topic's id (16 bytes), then version and form of the connector's own serializer.
 */
final class FramesSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 2 * Long.BYTES + Integer.BYTES;

  private final KafkaPartitionSplitSerializer connector = new KafkaPartitionSplitSerializer();

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    Uuid id = split instanceof FramesSplit known ? known.topicId() : Uuid.ZERO_UUID;
    byte[] plain = connector.serialize(split);
    return ByteBuffer.allocate(HEADER_BYTES + plain.length)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .putInt(connector.getVersion())
        .put(plain)
        .array();
  }

  @Override
  public KafkaPartitionSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "a partition of the topic of frames has format version %d, but this release reads %d"
              .formatted(version, VERSION));
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    Uuid id = new Uuid(header.getLong(), header.getLong());
    int connectorVersion = header.getInt();
    byte[] plain = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
    return new FramesSplit(connector.deserialize(connectorVersion, plain), id);
  }
}
