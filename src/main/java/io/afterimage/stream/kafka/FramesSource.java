package io.afterimage.stream.kafka;

import io.afterimage.stream.metric.SourceMetrics;
import io.afterimage.stream.option.ChangedTopic;
import io.afterimage.stream.record.Received;
import io.afterimage.wire.kafka.KafkaClients;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The connector's source of one topic, with state bound to that topic: a restored job detects that
 * the topic was recreated, and reports records that retention has removed in the meantime.
 */
final class FramesSource implements Source<Received, KafkaPartitionSplit, KafkaSourceEnumState> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<Received> source;
  private final String topic;
  private final KafkaClients clients;
  private final ChangedTopic whenChanged;

  /**
   * @param source reads the topic and no other
   * @param clients make the one that describes the topic
   */
  FramesSource(
      KafkaSource<Received> source, String topic, KafkaClients clients, ChangedTopic whenChanged) {
    this.source = source;
    this.topic = topic;
    this.clients = clients;
    this.whenChanged = whenChanged;
  }

  @Override
  public SourceReader<Received, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    SourceMetrics metrics = new SourceMetrics(context.metricGroup());
    FramesTopic frames = new FramesTopic(topic, clients);
    return new FramesReader(
        source.createReader(context),
        frames,
        new RestoredSplits(frames, whenChanged, metrics::removedUnread));
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new FramesSplitSerializer();
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return source.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    return source.restoreEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }
}
