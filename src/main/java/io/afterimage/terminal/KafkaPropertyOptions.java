package io.afterimage.terminal;

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

/** A command's options for properties of its Kafka clients. */
public final class KafkaPropertyOptions {
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

  /**
   * The properties of both options.
   *
   * @throws IOException naming option and file, if the file cannot be read
   */
  public Map<String, String> read() throws IOException {
    Map<String, String> all = new HashMap<>();
    if (config != null) {
      Properties file = new Properties();
      try (Reader reader = Files.newBufferedReader(config)) {
        file.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new IOException("--kafka-config %s: cannot be read: %s".formatted(config, e), e);
      }
      file.stringPropertyNames().forEach(name -> all.put(name, file.getProperty(name)));
    }
    all.putAll(properties);
    return all;
  }
}
