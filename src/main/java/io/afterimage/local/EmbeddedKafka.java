package io.afterimage.local;

import io.afterimage.wire.kafka.KafkaClients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker inside this process: one KRaft node, broker and controller at once.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
 *   kafka.createTopic("frames", 4, Map.of("retention.bytes", "67108864"));
 *   producerProperties.put("bootstrap.servers", kafka.bootstrapServers());
 * }
 * }</pre>
 *
 * <p>It listens only on 127.0.0.1 and is sized for local runs and tests: few threads, small
 * buffers, one replica. Topics are created by {@link #createTopic}, never on first use. A process
 * may run any number of brokers, consecutively or concurrently.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int NODE_ID = 1;
  private static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final int START_ATTEMPTS = 3;
  private static final BinaryOperator<String> LIST = (first, second) -> first + "," + second;

  /** A second listener, for clients that authenticate over TLS; the first one is open. */
  static final String SECURE_LISTENER = "SECURE";

  private final KafkaRaftServer server;
  private final int port;
  private final Path directory;
  private final boolean deleteDirectory;

  private EmbeddedKafka(KafkaRaftServer server, int port, Path directory, boolean deleteDirectory) {
    this.server = server;
    this.port = port;
    this.directory = directory;
    this.deleteDirectory = deleteDirectory;
  }

  /** Starts a broker on a free port with a temporary directory, deleted by {@link #close}. */
  public static EmbeddedKafka start() {
    try {
      return start(Files.createTempDirectory("afterimage-kafka-"), 0, true);
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for Kafka", e);
    }
  }

  /**
   * Starts a broker on a free port with its log in a directory, which is kept when it is closed.
   * The log of an earlier broker in that directory is continued.
   */
  public static EmbeddedKafka start(Path directory) {
    return start(directory, 0, false);
  }

  /** As {@link #start(Path)}, on a given port, where clients find a restarted broker again. */
  public static EmbeddedKafka start(Path directory, int port) {
    return start(directory, port, false);
  }

  /**
   * As {@link #start(Path)}, with a second listener on a port of its own.
   *
   * @param security the broker's settings of TLS and SASL, by Kafka's names
   */
  static EmbeddedKafka startSecured(Path directory, int port, Map<String, String> security) {
    int[] ports = freePorts();
    Map<String, String> settings = settings(directory, ports[0], ports[1]);
    settings.merge("listeners", "%s://127.0.0.1:%d".formatted(SECURE_LISTENER, port), LIST);
    settings.merge("listener.security.protocol.map", SECURE_LISTENER + ":SASL_SSL", LIST);
    settings.putAll(security);
    return start(settings, directory, ports[0], false);
  }

  private static EmbeddedKafka start(Path directory, int wantedPort, boolean deleteDirectory) {
    if (wantedPort != 0) {
      requireFree(wantedPort);
      return start(directory, wantedPort, freePorts()[1], deleteDirectory);
    }
    // Another process may take the free port before the broker listens on it.
    for (int attempt = 1; ; attempt++) {
      int[] ports = freePorts();
      try {
        return start(directory, ports[0], ports[1], deleteDirectory);
      } catch (IllegalStateException e) {
        if (attempt == START_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static EmbeddedKafka start(
      Path directory, int port, int controllerPort, boolean deleteDirectory) {
    return start(settings(directory, port, controllerPort), directory, port, deleteDirectory);
  }

  private static EmbeddedKafka start(
      Map<String, String> settings, Path directory, int port, boolean deleteDirectory) {
    // Kafka ends its process after a fatal error, which must not happen to this process.
    Exit.setExitProcedure(EmbeddedKafka::refuseToExit);
    Exit.setHaltProcedure(EmbeddedKafka::refuseToExit);
    format(directory);
    try {
      KafkaConfig config = new KafkaConfig(settings, false);
      return new EmbeddedKafka(startServer(config), port, directory, deleteDirectory);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "Kafka did not start in %s on port %d: %s".formatted(directory, port, e.getMessage()), e);
    }
  }

  private static KafkaRaftServer startServer(KafkaConfig config) {
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
  }

  /** The address for clients: {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The port of {@link #bootstrapServers}. */
  public int port() {
    return port;
  }

  /** The directory of the broker's log. */
  public Path directory() {
    return directory;
  }

  /**
   * Creates a topic and waits until it exists.
   *
   * @param config the topic's settings by Kafka's names, such as {@code retention.bytes}
   * @throws IllegalStateException if the broker refuses, for example because the topic exists
   */
  public void createTopic(String topic, int partitions, Map<String, String> config) {
    NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(config);
    try (Admin admin = admin()) {
      admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "topic %s was not made: %s".formatted(topic, e.getCause().getMessage()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topic " + topic + " was made", e);
    }
  }

  /** As {@link #createTopic(String, int, Map)} with Kafka's own settings. */
  public void createTopic(String topic, int partitions) {
    createTopic(topic, partitions, Map.of());
  }

  /** The number of records ever written to a topic. */
  public long records(String topic) {
    return offsets(topic, OffsetSpec::latest).mapToLong(ListOffsetsResultInfo::offset).sum();
  }

  /** The latest timestamp in a topic (milliseconds since 1970, UTC); -1 if it is empty. */
  long newestMillis(String topic) {
    return offsets(topic, OffsetSpec::maxTimestamp)
        .mapToLong(ListOffsetsResultInfo::timestamp)
        .max()
        .orElse(-1);
  }

  private Stream<ListOffsetsResultInfo> offsets(String topic, Supplier<OffsetSpec> which) {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetSpec> asked =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get()
              .get(topic)
              .partitions()
              .stream()
              .collect(
                  Collectors.toMap(
                      info -> new TopicPartition(topic, info.partition()), info -> which.get()));
      return admin.listOffsets(asked).all().get().values().stream();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "topic %s cannot be asked for its end: %s".formatted(topic, e.getCause().getMessage()),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topic " + topic + " was asked", e);
    }
  }

  /** An administration client of this broker; the caller closes it. */
  public Admin admin() {
    return new KafkaClients(bootstrapServers()).admin(Map.of());
  }

  /** Stops the broker and waits for it. Calling it again does nothing. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    if (deleteDirectory) {
      Directories.delete(directory);
    }
  }

  private static Map<String, String> settings(Path directory, int port, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
    settings.put("log.dirs", directory.toString());
    settings.put("auto.create.topics.enable", "false");

    settings.put("default.replication.factor", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");

    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "2");
    settings.put("num.replica.fetchers", "1");
    settings.put("num.recovery.threads.per.data.dir", "1");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    settings.put("log.retention.check.interval.ms", "2000");
    settings.put("log.segment.delete.delay.ms", "1000");
    return settings;
  }

  private static void format(Path directory) {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    try {
      new Formatter()
          .setPrintStream(new PrintStream(messages, true, StandardCharsets.UTF_8))
          .setNodeId(NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(CONTROLLER_LISTENER)
          .setDirectories(Set.of(directory.toString()))
          .setMetadataLogDirectory(directory.toString())
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .run();
    } catch (Exception e) {
      throw new IllegalStateException(
          "%s could not be formatted for Kafka: %s %s"
              .formatted(directory, e.getMessage(), messages.toString(StandardCharsets.UTF_8)),
          e);
    }
  }

  private static void requireFree(int port) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Kafka's port %d is not free: %s".formatted(port, e.getMessage()), e);
    }
  }

  private static int[] freePorts() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    }
  }

  private static void refuseToExit(int status, String message) {
    throw new IllegalStateException("Kafka wanted to end the process: " + message);
  }
}
