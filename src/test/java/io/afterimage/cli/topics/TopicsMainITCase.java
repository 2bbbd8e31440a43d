package io.afterimage.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.local.EmbeddedKafka;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import io.afterimage.wire.RejectedRecord;
import io.afterimage.wire.kafka.KafkaClients;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsMainITCase {
  private static EmbeddedKafka kafka;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void create_recordsAndPictures_areOfTheTopic() throws Exception {
    assertThat(run("create", "frames:2:retention.ms=-1", "plain")).as("%s", err).isZero();
    assertThat(run("create", "frames:2:retention.ms=-1")).as("%s", err).isZero();
    publish(new ProducerRecord<>("frames", 0, utf8("a"), utf8("one ")));
    publish(new ProducerRecord<>("frames", 1, utf8("b"), utf8("two ")));

    assertThat(run("records", "frames")).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("2");
    assertThat(run("lag", "nobody", "frames")).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("2");
    Path film = directory.resolve("film");
    assertThat(run("pictures", "frames", film.toString())).isZero();
    assertThat(Files.readString(film)).contains("one ", "two ").hasSize(8);
  }

  @Test
  void reasons_areCountedByCamera_andShownByEscapes() throws Exception {
    run("create", "dead");
    for (int i = 0; i < 2; i++) {
      ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>("dead", utf8("x"));
      RejectedRecord.headers("empty", "why", utf8("a\u001b[2J"), 0, 0, 0, null)
          .forEach((name, value) -> letter.headers().add(name, value));
      publish(letter);
    }
    publish(new ProducerRecord<>("dead", utf8("x")));

    assertThat(run("reasons", "dead")).isZero();
    assertThat(out.toString().lines()).containsExactly("empty a\\u001b[2J 2", "none none 1");
  }

  @Test
  void latency_isFromCaptureToTheTopic() throws Exception {
    run("create", "late:1:message.timestamp.type=LogAppendTime", "early");
    long now = System.currentTimeMillis();
    for (String topic : new String[] {"late", "early"}) {
      for (int i = 0; i < 3; i++) {
        FrameEmbedding embedding =
            new FrameEmbedding("a", now - 100_000L * i, 1, 1, 0, i, new float[] {1});
        publish(
            new ProducerRecord<>(
                topic, FrameEmbeddingCodec.key(embedding), FrameEmbeddingCodec.encode(embedding)));
      }
    }
    assertThat(run("latency", "late", Long.toString(now - 250_000), Long.toString(now - 50_000)))
        .isZero();
    assertThat(out.toString()).matches("a 2 20\\d{4} 20\\d{4}\\R");
  }

  @Test
  void wrongArguments_areNamedInTwoLines() {
    assertThat(run("crete", "a")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(2);
    assertThat(run("records")).isEqualTo(2);
    assertThat(err.toString()).contains("NAME");
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] all = new String[arguments.length + 1];
    all[0] = kafka.bootstrapServers();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return TopicsMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  private static void publish(ProducerRecord<byte[], byte[]> record) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaClients(kafka.bootstrapServers()).producer(Map.of())) {
      producer.send(record).get();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
