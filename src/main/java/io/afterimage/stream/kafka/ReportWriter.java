package io.afterimage.stream.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.afterimage.train.StepReport;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Report to record of the topic of reports: value = {@link ReportJson}, key = the step's number in
 * decimal, so that a consumer can leave out what a restored job reports again.
 */
final class ReportWriter implements KafkaRecordSerializationSchema<StepReport> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private transient @Nullable JsonMapper json;

  ReportWriter(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      StepReport report, KafkaSinkContext context, @Nullable Long timestamp) {
    JsonMapper mapper = json;
    if (mapper == null) {
      mapper = ReportJson.mapper();
      json = mapper;
    }
    try {
      return new ProducerRecord<>(
          topic,
          Long.toString(report.step()).getBytes(StandardCharsets.US_ASCII),
          mapper.writeValueAsBytes(report));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("step %d has no JSON".formatted(report.step()), e);
    }
  }
}
