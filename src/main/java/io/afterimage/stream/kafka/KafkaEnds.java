package io.afterimage.stream.kafka;

import io.afterimage.stream.AfterimagePipeline;
import io.afterimage.stream.option.EmbeddingsOptions;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.stream.option.KafkaOptions;
import io.afterimage.stream.option.SinkOptions;
import io.afterimage.stream.record.Received;
import io.afterimage.stream.record.Rejection;
import io.afterimage.train.StepReport;
import io.afterimage.wire.FrameEmbedding;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The job's Kafka source and sinks. */
public final class KafkaEnds {
  private KafkaEnds() {}

  /** The job, reading from and writing to its topics. */
  public static AfterimagePipeline pipeline(Configuration options) {
    return new AfterimagePipeline(
        frames(options), rejections(options), reports(options), embeddings(options), options);
  }

  /** The frames that cameras publish. */
  public static Source<Received, ?, ?> frames(Configuration options) {
    String topic = options.get(KafkaOptions.TOPIC_FRAMES);
    KafkaSourceBuilder<Received> source =
        KafkaSource.<Received>builder()
            .setTopics(topic)
            .setGroupId(options.get(KafkaOptions.GROUP_ID))
            .setStartingOffsets(startingOffsets(options))
            .setDeserializer(
                new FrameDeserializer(
                    Math.toIntExact(options.get(FrameOptions.MAX_BYTES).getBytes()),
                    options.get(FrameOptions.MAX_AGE),
                    options.get(FrameOptions.MAX_AHEAD)))
            .setProperties(KafkaOptions.clientProperties(options))
            .setBootstrapServers(options.get(KafkaOptions.BOOTSTRAP_SERVERS));
    if (options.get(KafkaOptions.BOUNDED)) {
      source.setBounded(OffsetsInitializer.latest());
    } else {
      source.setProperty(
          KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
          Long.toString(options.get(KafkaOptions.PARTITION_DISCOVERY).toMillis()));
    }
    return new FramesSource(
        source.build(),
        topic,
        KafkaOptions.clients(options),
        options.get(KafkaOptions.CHANGED_TOPIC));
  }

  /** The sink of rejected records (dead letters). */
  public static Sink<Rejection> rejections(Configuration options) {
    int maxValueBytes = Math.toIntExact(options.get(KafkaOptions.REJECTED_MAX_BYTES).getBytes());
    Properties properties = new Properties();
    properties.setProperty(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        Integer.toString(Math.max(1 << 20, maxValueBytes + LargestRecord.LETTER_OVERHEAD)));
    properties.putAll(KafkaOptions.clientProperties(options));
    String topic = options.get(KafkaOptions.TOPIC_REJECTED);
    return sink(options, topic, new RejectionWriter(topic, maxValueBytes), properties);
  }

  /** The sink of step reports. */
  public static Sink<StepReport> reports(Configuration options) {
    String topic = options.get(KafkaOptions.TOPIC_TRAINING);
    return sink(options, topic, new ReportWriter(topic), KafkaOptions.clientProperties(options));
  }

  /** The sink of embeddings. */
  public static Sink<FrameEmbedding> embeddings(Configuration options) {
    String topic = options.get(KafkaOptions.TOPIC_EMBEDDINGS);
    return sink(
        options,
        topic,
        new EmbeddingWriter(topic, options.get(EmbeddingsOptions.FORMAT)),
        KafkaOptions.clientProperties(options));
  }

  private static <T> Sink<T> sink(
      Configuration options,
      String topic,
      KafkaRecordSerializationSchema<T> writer,
      Properties properties) {
    KafkaSinkBuilder<T> sink = KafkaSink.builder();
    switch (options.get(SinkOptions.DELIVERY_GUARANTEE)) {
      case AT_LEAST_ONCE -> sink.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
      case EXACTLY_ONCE -> {
        properties.setProperty(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Long.toString(options.get(SinkOptions.TRANSACTION_TIMEOUT).toMillis()));
        sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
            .setTransactionalIdPrefix(
                options.get(SinkOptions.TRANSACTIONAL_ID_PREFIX) + "-" + topic);
      }
    }
    return sink.setKafkaProducerConfig(properties)
        .setBootstrapServers(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
        .setRecordSerializer(writer)
        .build();
  }

  // Flink's connector requires a type that Kafka's client has deprecated.
  @SuppressWarnings("deprecation")
  private static OffsetsInitializer startingOffsets(Configuration options) {
    return switch (options.get(KafkaOptions.START)) {
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> new LatestOffsets();
      case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    };
  }
}
