package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.FrameSource;
import io.afterimage.wire.FrameRecord;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
  private static final GatewaySettings SETTINGS =
      new GatewaySettings(90, false, Duration.ofMillis(1), Duration.ofMillis(4));

  private final CollectorRegistry registry = new CollectorRegistry();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final FramePublisher publisher = new FramePublisher(producer, "frames", 8);

  @AfterEach
  void closePublisher() {
    publisher.close();
  }

  @Test
  void run_camerasToTheirEnd_publishesEveryFrameInOrder() throws Exception {
    try (Gateway gateway = gateway(new FakeCamera("a", 30, 0), new FakeCamera("b", 20, 0))) {
      gateway.start();
      gateway.awaitEnd();

      assertThat(times("a")).hasSize(30).isSorted();
      assertThat(times("b")).hasSize(20).isSorted();
      assertThat(gateway.status())
          .extracting(CameraStatus::camera, CameraStatus::state, CameraStatus::published)
          .containsExactly(
              tuple("a", CameraStatus.State.ENDED, 30L), tuple("b", CameraStatus.State.ENDED, 20L));
    }
  }

  @Test
  void run_cameraThatVanishes_comesBackAndLosesNothing() throws Exception {
    try (Gateway gateway = gateway(new FakeCamera("a", 30, 10))) {
      gateway.start();
      gateway.awaitEnd();

      assertThat(times("a")).hasSize(30).isSorted().doesNotHaveDuplicates();
      CameraStatus status = gateway.status().get(0);
      assertThat(status.state()).isEqualTo(CameraStatus.State.ENDED);
      assertThat(status.reconnects()).isEqualTo(4);
      assertThat(sample("reconnects_total", "a")).isEqualTo(4);
      assertThat(sample("frames_read_total", "a")).isEqualTo(30);
      assertThat(sample("frames_published_total", "a")).isEqualTo(30);
      assertThat(sample("frames_failed_total", "a")).isZero();
      assertThat(sample("capture_to_ack_seconds_count", "a")).isEqualTo(30);
      assertThat(sample("encode_seconds_count", "a")).isEqualTo(30);
      assertThat(sample("connected", "a")).isZero();
    }
  }

  @Test
  void run_cameraThatCannotBeRead_failsAloneAndSaysWhy() throws Exception {
    FakeCamera broken = new FakeCamera("broken", -1, 0);
    try (Gateway gateway = gateway(broken, new FakeCamera("a", 5, 0))) {
      gateway.start();
      gateway.awaitEnd();

      assertThat(gateway.status())
          .extracting(CameraStatus::state)
          .containsExactly(CameraStatus.State.FAILED, CameraStatus.State.ENDED);
      assertThat(gateway.status().get(0).problem()).isEqualTo("no such film");
      assertThat(times("a")).hasSize(5);
    }
  }

  @Test
  void run_fileWithFaults_publishesTheRestAndCountsThem(@TempDir Path directory) throws Exception {
    byte[] whole = VideoFiles.bytes("quarters.ts");
    byte[] cut = Arrays.copyOf(whole, whole.length - 300);
    Path file = directory.resolve("faulty.ts");
    Files.write(file, whole);
    Files.write(file, cut, StandardOpenOption.APPEND);
    try (Gateway gateway = gateway(VideoFiles.source(file, Map.of()))) {
      gateway.start();
      gateway.awaitEnd();

      assertThat(gateway.status().get(0).state()).isEqualTo(CameraStatus.State.ENDED);
      assertThat(times("camera")).hasSizeGreaterThan(2 * VideoFiles.PICTURES - 5).isSorted();
      assertThat(sample("clock_jumps_total", "camera")).isEqualTo(1);
      assertThat(sample("cut_short_total", "camera")).isEqualTo(1);
    }
  }

  @Test
  void run_mp4WithoutItsIndex_failsAndSaysWhy(@TempDir Path directory) throws Exception {
    byte[] whole = VideoFiles.bytes("moov-last.mp4");
    Path file = directory.resolve("cut.mp4");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    try (Gateway gateway = gateway(VideoFiles.source(file, Map.of()))) {
      gateway.start();
      gateway.awaitEnd();

      assertThat(gateway.status().get(0).state()).isEqualTo(CameraStatus.State.FAILED);
      assertThat(gateway.status().get(0).problem())
          .isEqualTo("cannot open %s: it is an MP4 without its index, cut short", file);
    }
  }

  @Test
  void close_whileRunning_endsTheCameras() throws Exception {
    FakeCamera endless = new FakeCamera("a", Integer.MAX_VALUE, 0);
    Gateway gateway = gateway(endless);
    try (gateway) {
      gateway.start();
      assertThat(endless.delivered.await(20, TimeUnit.SECONDS)).isTrue();
    }
    gateway.awaitEnd();
    assertThat(gateway.status().get(0).state()).isEqualTo(CameraStatus.State.ENDED);
    assertThat(endless.open).isFalse();
  }

  @Test
  void constructor_sameIdTwice_throws() {
    assertThatThrownBy(() -> gateway(new FakeCamera("a", 1, 0), new FakeCamera("a", 1, 0)))
        .hasMessage("two cameras have the id a");
  }

  private Gateway gateway(FrameSource... cameras) {
    return new Gateway(SETTINGS, List.of(cameras), publisher, new GatewayMetrics(registry));
  }

  private List<Long> times(String camera) {
    return producer.history().stream()
        .filter(record -> Arrays.equals(record.key(), FrameRecord.key(camera)))
        .map(ProducerRecord::timestamp)
        .toList();
  }

  private double sample(String name, String camera) {
    return registry.getSampleValue(
        "afterimage_gateway_" + name, new String[] {"camera"}, new String[] {camera});
  }

  /** A camera of so many frames that goes away, and once refuses to come back, after every n. */
  private static final class FakeCamera implements FrameSource {
    private final String camera;
    private final int frames;
    private final int vanishesAfter;
    private int next;
    private int lastVanished;
    private boolean refuse;
    private volatile boolean open;

    /** Open once the third frame was taken. */
    private final CountDownLatch delivered = new CountDownLatch(3);

    FakeCamera(String camera, int frames, int vanishesAfter) {
      this.camera = camera;
      this.frames = frames;
      this.vanishesAfter = vanishesAfter;
    }

    @Override
    public String camera() {
      return camera;
    }

    @Override
    public boolean live() {
      return false;
    }

    @Override
    public void open() throws IOException {
      if (frames < 0) {
        throw new IllegalArgumentException("no such film");
      }
      if (refuse) {
        refuse = false;
        throw new IOException("refused");
      }
      open = true;
    }

    @Override
    public @Nullable CapturedImage next() throws IOException {
      if (next == frames) {
        return null;
      }
      if (vanishesAfter > 0 && next == lastVanished + vanishesAfter) {
        lastVanished = next;
        refuse = true;
        throw new IOException("gone");
      }
      delivered.countDown();
      return new CapturedImage(1_000_000L + 100L * next++, 16, 16, new byte[16 * 16 * 3]);
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
