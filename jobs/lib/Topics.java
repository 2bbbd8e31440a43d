import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import io.afterimage.train.StepReport;
import io.afterimage.stream.kafka.ReportJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics of a cluster as its scripts need them.
 *
 * <pre>
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS create NAME[:PARTITIONS[:KEY=VALUE]...]...
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS records NAME       how many records it holds
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS reports NAME       what the reports in it say
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS lag GROUP NAME     records that a group has yet to read
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS reasons NAME       dead letters by reason and camera
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS latency NAME FROM TO
 *     embeddings by camera whose frames were captured between two times (ms since 1970): how many,
 *     and median and 99th percentile of the time from there to the topic, which must have
 *     message.timestamp.type=LogAppendTime
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS pictures NAME FILE the values one after another
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS garbage NAME CAMERA RATE SECONDS
 *     publishes so many records a second that are no pictures
 * </pre>
 */
final class Topics {
  private static final Duration POLL = Duration.ofSeconds(1);

  private Topics() {}

  public static void main(String[] args) throws Exception {
    String brokers = args[0];
    switch (args[1]) {
      case "create" -> create(brokers, Arrays.copyOfRange(args, 2, args.length));
      case "records" -> System.out.println(records(brokers, args[2]));
      case "reports" -> Reports.of(brokers, args[2]).print();
      case "lag" -> System.out.println(lag(brokers, args[2], args[3]));
      case "reasons" -> reasons(brokers, args[2]);
      case "latency" ->
          latency(brokers, args[2], Long.parseLong(args[3]), Long.parseLong(args[4]));
      case "pictures" -> pictures(brokers, args[2], Path.of(args[3]));
      case "garbage" ->
          garbage(
              brokers, args[2], args[3], Integer.parseInt(args[4]), Integer.parseInt(args[5]));
      default -> throw new IllegalArgumentException("unknown command " + args[1]);
    }
  }

  private static void create(String brokers, String... specifications) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> wanted = new ArrayList<>();
      for (String specification : specifications) {
        String[] parts = specification.split(":");
        Map<String, String> config = new HashMap<>();
        for (int i = 2; i < parts.length; i++) {
          String[] setting = parts[i].split("=", 2);
          config.put(setting[0], setting[1]);
        }
        int partitions = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
        if (!existing.contains(parts[0])) {
          wanted.add(new NewTopic(parts[0], partitions, (short) 1).configs(config));
        }
      }
      admin.createTopics(wanted).all().get();
    } catch (ExecutionException e) {
      throw new IOException("topics were not made: " + e.getCause().getMessage(), e);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String brokers) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", brokers);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private static long records(String brokers, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(brokers)) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum()
          - consumer.beginningOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private static long lag(String brokers, String group, String topic) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(brokers);
        Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      long lag = 0;
      for (TopicPartition partition : partitions) {
        var offset = committed.get(partition);
        lag += ends.get(partition) - (offset == null ? begins.get(partition) : offset.offset());
      }
      return lag;
    }
  }

  private static void read(
      String brokers, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(brokers)) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(POLL).forEach(each);
      }
    }
  }

  private static void reasons(String brokers, String topic) {
    Map<String, Integer> counts = new TreeMap<>();
    read(
        brokers,
        topic,
        letter ->
            counts.merge(header(letter, "reason") + " " + header(letter, "camera"), 1, Integer::sum));
    counts.forEach((reason, count) -> System.out.println(reason + " " + count));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "none" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void latency(String brokers, String topic, long from, long to) {
    Map<String, List<Long>> byCamera = new TreeMap<>();
    read(
        brokers,
        topic,
        record -> {
          if (record.timestampType() != TimestampType.LOG_APPEND_TIME) {
            throw new IllegalStateException(topic + " does not keep the time of writing");
          }
          FrameEmbedding embedding;
          try {
            embedding = FrameEmbeddingCodec.decode(record.key(), record.value());
          } catch (IOException e) {
            throw new IllegalStateException("no embedding at offset " + record.offset(), e);
          }
          if (embedding.captureMillis() >= from && embedding.captureMillis() < to) {
            byCamera
                .computeIfAbsent(embedding.camera(), camera -> new ArrayList<>())
                .add(record.timestamp() - embedding.captureMillis());
          }
        });
    byCamera.forEach(
        (camera, latencies) -> {
          latencies.sort(null);
          System.out.printf(
              "%s %d %d %d%n",
              camera,
              latencies.size(),
              latencies.get(latencies.size() / 2),
              latencies.get(latencies.size() * 99 / 100));
        });
  }

  private static void pictures(String brokers, String topic, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      read(
          brokers,
          topic,
          record -> {
            try {
              out.write(record.value());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static void garbage(
      String brokers, String topic, String camera, int rate, int seconds) throws Exception {
    Random random = new Random(1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long begin = System.nanoTime();
      for (int i = 0; i < rate * seconds; i++) {
        byte[] noise = new byte[500 + random.nextInt(4000)];
        random.nextBytes(noise);
        producer.send(
            new ProducerRecord<>(topic, camera.getBytes(StandardCharsets.UTF_8), noise));
        long due = begin + (i + 1) * 1_000_000_000L / rate;
        Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
      }
    }
  }

  /** The reports of one learner by step. A step that was reported again must say the same again. */
  private static final class Reports {
    private final Map<Long, StepReport> bySteps = new TreeMap<>();
    private long count;
    private long contradictions;

    static Reports of(String brokers, String topic) {
      Reports reports = new Reports();
      read(brokers, topic, reports::add);
      return reports;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
      StepReport report;
      try {
        report = ReportJson.read(record.value());
      } catch (IOException e) {
        throw new IllegalStateException("no report at offset " + record.offset(), e);
      }
      count++;
      StepReport before = bySteps.put(report.step(), report);
      if (before != null && !sameStep(before, report)) {
        contradictions++;
      }
    }

    private static boolean sameStep(StepReport a, StepReport b) {
      return Double.compare(a.loss(), b.loss()) == 0
          && Double.compare(a.gradientNorm(), b.gradientNorm()) == 0
          && a.framesSeen() == b.framesSeen()
          && a.groupsSeen() == b.groupsSeen();
    }

    /** As lines {@code name=value}, for a shell. */
    void print() {
      long first = bySteps.isEmpty() ? 0 : bySteps.keySet().iterator().next();
      long last = 0;
      long gaps = 0;
      long backward = 0;
      long frames = 0;
      double loss = Double.NaN;
      long groups = 0;
      double rate = Double.NaN;
      long rateSince = 0;
      for (StepReport report : bySteps.values()) {
        if (last != 0 && report.step() != last + 1) {
          gaps++;
        }
        if (report.framesSeen() < frames || report.groupsSeen() < groups) {
          backward++;
        }
        last = report.step();
        frames = report.framesSeen();
        groups = report.groupsSeen();
        loss = report.loss();
        if (report.learningRate() != rate) {
          rate = report.learningRate();
          rateSince = report.step();
        }
      }
      System.out.printf(
          "reports=%d%nsteps=%d%nfirst=%d%nlast=%d%ngaps=%d%nrepeated=%d%ncontradictions=%d%n"
              + "backward=%d%nframes=%d%ngroups=%d%nloss=%s%nrate=%s%nrate_since=%d%n",
          count,
          bySteps.size(),
          first,
          last,
          gaps,
          count - bySteps.size(),
          contradictions,
          backward,
          frames,
          groups,
          loss,
          rate,
          rateSince);
    }
  }
}
