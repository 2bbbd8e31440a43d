import io.afterimage.learn.StepReport;
import io.afterimage.stream.kafka.ReportJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Topics of a cluster as its scripts need them.
 *
 * <pre>
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS create NAME[:PARTITIONS[:KEY=VALUE]...]...
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS records NAME       how many records it holds
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS reports NAME       what the reports in it say
 * java -cp CLASS_PATH jobs/lib/Topics.java BROKERS lag GROUP NAME     records that a group has yet to read
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
