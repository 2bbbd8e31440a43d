package io.afterimage.job.search;

import io.afterimage.search.kafka.Brokers;
import io.afterimage.stream.AfterimageOptions;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the topics are. */
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
  private String frames = AfterimageOptions.TOPIC_FRAMES.defaultValue();

  @Option(
      names = "--embeddings",
      paramLabel = "TOPIC",
      description = "Topic of embeddings (default: ${DEFAULT-VALUE}).")
  private String embeddings = "embeddings";

  @Option(
      names = "--kafka-property",
      paramLabel = "NAME=VALUE",
      description =
          "A property of Kafka's clients, like security.protocol=SSL; may be repeated. A password "
              + "belongs in the file of --kafka-config, where process lists do not show it.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "A file of such properties; single ones win over it.")
  private @Nullable Path config;

  String frames() {
    return frames;
  }

  String embeddings() {
    return embeddings;
  }

  Brokers brokers() throws IOException {
    Map<String, String> all = new HashMap<>();
    if (config != null) {
      Properties file = new Properties();
      try (Reader reader = Files.newBufferedReader(config)) {
        file.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new IOException("--kafka-config %s cannot be read: %s".formatted(config, e), e);
      }
      file.forEach((name, value) -> all.put(name.toString(), value.toString()));
    }
    all.putAll(properties);
    return new Brokers(bootstrapServers, all);
  }
}
