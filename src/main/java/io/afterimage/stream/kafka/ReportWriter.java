package io.afterimage.stream.kafka;

import io.afterimage.train.StepReport;
import io.afterimage.wire.StepReportJson;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes reports as records of the topic of reports, in the form of {@link StepReportJson}. */
final class ReportWriter implements KafkaRecordSerializationSchema<StepReport> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  ReportWriter(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      StepReport report, KafkaSinkContext context, @Nullable Long timestamp) {
    return new ProducerRecord<>(topic, StepReportJson.key(report), StepReportJson.write(report));
  }
}
