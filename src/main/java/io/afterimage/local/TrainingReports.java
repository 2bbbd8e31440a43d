package io.afterimage.local;

import io.afterimage.train.StepReport;
import io.afterimage.wire.StepReportJson;
import io.afterimage.wire.kafka.KafkaClients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the topic of step reports from its beginning. For one thread. */
final class TrainingReports implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;

  /**
   * @param topic has one partition
   */
  TrainingReports(String bootstrapServers, String topic) {
    consumer =
        new KafkaClients(bootstrapServers)
            .consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
    partition = new TopicPartition(topic, 0);
    consumer.assign(List.of(partition));
  }

  /** The reports that have arrived, waiting a while for the first. */
  List<StepReport> poll(Duration wait) {
    List<StepReport> reports = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      try {
        reports.add(StepReportJson.read(record.value()));
      } catch (IOException e) {
        throw new IllegalStateException(
            "record %d of the topic %s is not a step report"
                .formatted(record.offset(), record.topic()),
            e);
      }
    }
    return reports;
  }

  /**
   * Skips the reports in the topic.
   *
   * @return the step of the last of them; 0 if there is none
   */
  long skipToEnd() {
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    if (end == 0) {
      return 0;
    }
    consumer.seek(partition, end - 1);
    long step = 0;
    while (consumer.position(partition) < end) {
      for (StepReport report : poll(Duration.ofSeconds(1))) {
        step = report.step();
      }
    }
    return step;
  }

  /** Whether every report in the topic was read. */
  boolean atEnd() {
    return consumer.position(partition) >= consumer.endOffsets(List.of(partition)).get(partition);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
