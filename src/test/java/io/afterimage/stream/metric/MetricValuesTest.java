package io.afterimage.stream.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.RejectionReason;
import io.afterimage.pairing.PairingEvent;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.MiniBatch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every metric's value, so that a metric that nobody sets or checks fails here. */
class MetricValuesTest {
  private final RecordedMetrics recorded = new RecordedMetrics();

  @Test
  void frames_areCountedByWhatBecameOfThem() {
    FrameMetrics metrics = new FrameMetrics(recorded);
    metrics.accept();
    metrics.accept();
    metrics.limitRate();
    Map<String, Double> expected =
        new TreeMap<>(Map.of("frames_accepted_total", 2.0, "frames_rate_limited_total", 1.0));
    for (RejectionReason reason : RejectionReason.values()) {
      for (int i = 0; i <= reason.ordinal(); i++) {
        metrics.reject(reason);
      }
      expected.put(
          "frames_rejected_by.reason." + reason.label() + ".total", reason.ordinal() + 1.0);
    }

    assertThat(recorded.values()).isEqualTo(expected);
  }

  @Test
  void pairing_isCountedByEvent() {
    PairMetrics metrics = new PairMetrics(recorded);
    metrics.group();
    metrics.group();
    metrics.cameras(7);
    metrics.expire();
    Map<String, Double> expected =
        new TreeMap<>(Map.of("groups_total", 2.0, "cameras", 7.0, "cameras_expired_total", 1.0));
    for (PairingEvent event : PairingEvent.values()) {
      for (int i = 0; i <= event.ordinal(); i++) {
        metrics.event(event);
      }
      expected.put("pairing.event." + event.label() + ".total", event.ordinal() + 1.0);
    }

    assertThat(recorded.values()).isEqualTo(expected);
  }

  @Test
  void embedding_showsTheNewestBatchAndEncoder() {
    EmbedMetrics metrics = new EmbedMetrics(recorded);
    assertThat(recorded.values())
        .containsEntry("embedding_encoder_age_seconds", Double.NaN)
        .containsEntry("embedding_encoder_step", Double.NaN);
    metrics.waiting(3);
    metrics.encoder(20);
    metrics.batch(8, 2_000_000, 5_000_000);
    metrics.batch(4, 1_000_000, 3_000_000);
    EmbedMetrics.rateLimited(recorded).inc(6);

    Map<String, Double> values = recorded.values();
    assertThat(values.remove("embedding_encoder_age_seconds")).isBetween(0.0, 60.0);
    assertThat(values)
        .isEqualTo(
            Map.of(
                "frames_embedded_total", 12.0,
                "embedding_frames_waiting", 3.0,
                "embedding_batch_frames", 4.0,
                "embedding_batch_seconds", 1e-3,
                "embedding_latency_seconds", 3e-3,
                "embedding_encoder_step", 20.0,
                "embedding_frames_rate_limited_total", 6.0));
  }

  @Test
  void source_countsWhatRetentionRemovedUnread() {
    SourceMetrics metrics = new SourceMetrics(recorded);
    metrics.removedUnread(40);
    metrics.removedUnread(2);

    assertThat(recorded.values()).isEqualTo(Map.of("frames_removed_unread_total", 42.0));
  }

  @Test
  void miniBatch_showsTheShareOfItsLargestCamera() {
    BatchMetrics metrics = new BatchMetrics(recorded);
    assertThat(recorded.values()).isEqualTo(Map.of("largest_camera_share", Double.NaN));
    List<PositiveGroup> groups = Stream.of("a", "b", "a", "a").map(this::group).toList();
    metrics.observe(new MiniBatch(groups, 2, 8, 4, 0, 0.5));

    assertThat(recorded.values()).isEqualTo(Map.of("largest_camera_share", 0.75));
  }

  private PositiveGroup group(String camera) {
    return new PositiveGroup(camera, new long[] {1, 2}, 1, new byte[6], 2);
  }
}
