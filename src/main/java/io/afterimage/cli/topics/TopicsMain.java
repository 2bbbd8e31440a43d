package io.afterimage.cli.topics;

import io.afterimage.terminal.Escapes;
import io.afterimage.terminal.ShortErrors;
import io.afterimage.wire.RejectedRecord;
import io.afterimage.wire.kafka.KafkaClients;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line for scripts that work with topics. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Works with a cluster's topics, for its scripts.")
public final class TopicsMain {
  private static final int FAILED = 1;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BROKERS", description = "Brokers, HOST:PORT[,...].")
  private String brokers = "";

  private TopicsMain() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new TopicsMain())
        .setParameterExceptionHandler(new ShortErrors("topics"))
        .setExecutionExceptionHandler(
            (failure, command, result) -> {
              if (failure instanceof IOException || failure instanceof KafkaException) {
                command
                    .getErr()
                    .println("topics: " + Escapes.shown(String.valueOf(failure.getMessage())));
                return FAILED;
              }
              throw failure;
            });
  }

  @Command(description = "Creates missing topics.")
  void create(
      @Parameters(arity = "1..*", paramLabel = "NAME[:PARTITIONS[:KEY=VALUE]...]") String[] wanted)
      throws IOException, InterruptedException {
    try (Admin admin = clients().admin(Map.of())) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing = new ArrayList<>();
      for (String each : wanted) {
        NewTopic topic = topic(each);
        if (!existing.contains(topic.name())) {
          missing.add(topic);
        }
      }
      admin.createTopics(missing).all().get();
    } catch (ExecutionException e) {
      throw new IOException("topics were not made: " + e.getCause().getMessage(), e);
    }
  }

  private static NewTopic topic(String specification) {
    String[] parts = specification.split(":");
    Map<String, String> config = new HashMap<>();
    for (int i = 2; i < parts.length; i++) {
      String[] setting = parts[i].split("=", 2);
      config.put(setting[0], setting[1]);
    }
    int partitions = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
    return new NewTopic(parts[0], partitions, (short) 1).configs(config);
  }

  @Command(description = "Prints the number of records in a topic.")
  void records(@Parameters(paramLabel = "NAME") String topic) {
    out().println(reader(topic).records());
  }

  @Command(description = "Prints the number of records that a consumer group has not read yet.")
  void lag(
      @Parameters(paramLabel = "GROUP") String group, @Parameters(paramLabel = "NAME") String topic)
      throws IOException, InterruptedException {
    out().println(reader(topic).lag(group));
  }

  @Command(description = "Summarizes the step reports in a topic, as lines name=value.")
  void reports(@Parameters(paramLabel = "NAME") String topic) {
    StepSummary summary = new StepSummary();
    reader(topic).each(summary::add);
    out().print(summary.lines());
    out().flush();
  }

  @Command(description = "Counts dead letters by reason and camera.")
  void reasons(@Parameters(paramLabel = "NAME") String topic) {
    Map<String, Integer> counts = new TreeMap<>();
    reader(topic)
        .each(
            letter -> {
              RejectedRecord rejected = TopicReader.rejected(letter);
              counts.merge(
                  orNone(rejected.reason()) + " " + orNone(rejected.camera()), 1, Integer::sum);
            });
    counts.forEach((reason, count) -> out().println(Escapes.shown(reason) + " " + count));
  }

  private static String orNone(@Nullable String text) {
    return text == null ? "none" : text;
  }

  @Command(
      description = {
        "Embeddings by camera whose frames were captured between two times (ms since"
            + " 1970): count, and median and 99th percentile of the time from capture to the"
            + " topic (ms), which must have message.timestamp.type=LogAppendTime."
      })
  void latency(
      @Parameters(paramLabel = "NAME") String topic,
      @Parameters(paramLabel = "FROM") long from,
      @Parameters(paramLabel = "TO") long to) {
    Latencies latencies = new Latencies(from, to);
    reader(topic).each(latencies::add);
    out().print(latencies.lines());
    out().flush();
  }

  @Command(description = "Writes the values of a topic one after another.")
  void pictures(
      @Parameters(paramLabel = "NAME") String topic, @Parameters(paramLabel = "FILE") Path file)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      reader(topic).each(record -> write(record, out));
    }
  }

  private static void write(ConsumerRecord<byte[], byte[]> record, OutputStream out) {
    try {
      out.write(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Command(description = "Publishes records that are not pictures, at a given rate per second.")
  void garbage(
      @Parameters(paramLabel = "NAME") String topic,
      @Parameters(paramLabel = "CAMERA") String camera,
      @Parameters(paramLabel = "RATE") int rate,
      @Parameters(paramLabel = "SECONDS") int seconds)
      throws InterruptedException {
    Random random = new Random(1);
    byte[] key = camera.getBytes(StandardCharsets.UTF_8);
    try (KafkaProducer<byte[], byte[]> producer = clients().producer(Map.of())) {
      long begin = System.nanoTime();
      for (int i = 0; i < rate * seconds; i++) {
        byte[] noise = new byte[500 + random.nextInt(4000)];
        random.nextBytes(noise);
        producer.send(new ProducerRecord<>(topic, key, noise));
        long due = begin + (i + 1) * 1_000_000_000L / rate;
        Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
      }
    }
  }

  private KafkaClients clients() {
    return new KafkaClients(brokers);
  }

  private TopicReader reader(String topic) {
    return new TopicReader(clients(), topic);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
