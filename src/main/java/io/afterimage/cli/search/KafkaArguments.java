package io.afterimage.cli.search;

import io.afterimage.stream.option.KafkaOptions;
import io.afterimage.terminal.KafkaPropertyOptions;
import io.afterimage.wire.kafka.KafkaClients;
import java.io.IOException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Options of Kafka. */
final class KafkaArguments {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT[,...]",
      defaultValue = "localhost:9092",
      description = "Kafka's brokers (default: ${DEFAULT-VALUE}).")
  private String bootstrapServers = "";

  @Option(
      names = "--frames",
      paramLabel = "TOPIC",
      description = "Topic of frames, for the pictures (default: ${DEFAULT-VALUE}).")
  private String frames = KafkaOptions.TOPIC_FRAMES.defaultValue();

  @Option(
      names = "--embeddings",
      paramLabel = "TOPIC",
      description = "Topic of embeddings (default: ${DEFAULT-VALUE}).")
  private String embeddings = "embeddings";

  @ArgGroup(exclusive = false, validate = false)
  private KafkaPropertyOptions properties = new KafkaPropertyOptions();

  String frames() {
    return frames;
  }

  String embeddings() {
    return embeddings;
  }

  KafkaClients clients() throws IOException {
    return new KafkaClients(bootstrapServers, properties.read());
  }
}
