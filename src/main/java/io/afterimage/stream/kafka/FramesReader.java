package io.afterimage.stream.kafka;

import io.afterimage.stream.record.Received;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector's reader, extended to store the topic's id with the offsets, and to check the topic
 * before it continues from stored offsets.
 *
 * <p>If the topic is deleted and recreated while the job runs, no restart is needed: the client
 * finds its offset out of range and starts from the oldest record. The topic's id is requested
 * asynchronously at every checkpoint, to store the id that the offsets belong to.
 */
@SuppressWarnings("try") // Closing the connector's reader may be interrupted.
final class FramesReader implements SourceReader<Received, KafkaPartitionSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(FramesReader.class);

  private final SourceReader<Received, KafkaPartitionSplit> reader;
  private final FramesTopic topic;
  private final RestoredSplits restored;
  private volatile Uuid topicId = Uuid.ZERO_UUID; // also written by the thread of the client

  /**
   * @param reader closed with this
   * @param topic closed with this
   */
  FramesReader(
      SourceReader<Received, KafkaPartitionSplit> reader,
      FramesTopic topic,
      RestoredSplits restored) {
    this.reader = reader;
    this.topic = topic;
    this.restored = restored;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    TopicDescription now = topic.description();
    topicId = now.topicId();
    List<KafkaPartitionSplit> resumed = restored.resume(splits, now);
    if (!resumed.isEmpty()) {
      reader.addSplits(resumed);
    }
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    Uuid id = topicId;
    return reader.snapshotState(checkpointId).stream()
        .<KafkaPartitionSplit>map(split -> new FramesSplit(split, id))
        .toList();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
    if (!topicId.equals(Uuid.ZERO_UUID)) {
      topic
          .describe()
          .whenComplete(
              (now, failure) -> {
                if (failure == null) {
                  follow(now.topicId());
                }
              });
    }
  }

  private void follow(Uuid now) {
    Uuid before = topicId;
    if (!now.equals(before)) {
      topicId = now;
      LOG.warn(
          "Topic {} was deleted and recreated while it was read: its id was {} and is {}",
          topic.name(),
          before,
          now);
    }
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Received> output) throws Exception {
    return reader.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    topic.close();
    reader.close();
  }
}
