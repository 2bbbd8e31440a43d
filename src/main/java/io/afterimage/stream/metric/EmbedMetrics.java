package io.afterimage.stream.metric;

import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the embedding operators: throughput, latency, and their encoder. */
public final class EmbedMetrics {
  private static final Metric RATE_LIMITED =
      new Metric(
          "embedding_frames_rate_limited_total",
          "Frames not embedded because their camera exceeded embeddings.max-rate.");

  private static final Metric EMBEDDED = new Metric("frames_embedded_total", "Frames embedded.");
  private static final Metric WAITING =
      new Metric("embedding_frames_waiting", "Frames waiting for the first encoder.");
  private static final Metric BATCH =
      new Metric("embedding_batch_frames", "Frames in the newest batch.");
  private static final Metric SECONDS =
      new Metric("embedding_batch_seconds", "Time that the encoder took for the newest batch.");
  private static final Metric LATENCY =
      new Metric(
          "embedding_latency_seconds",
          "Time from the arrival of the newest batch's first frame at the operator to its"
              + " embedding.");
  private static final Metric STEP =
      new Metric("embedding_encoder_step", "Training step of the encoder in use.");
  private static final Metric AGE =
      new Metric(
          "embedding_encoder_age_seconds", "Time since the operator received the encoder in use.");

  static final List<Metric> OF_SAMPLE = List.of(RATE_LIMITED);
  static final List<Metric> OF_EMBED =
      List.of(EMBEDDED, WAITING, BATCH, SECONDS, LATENCY, STEP, AGE);

  private final Counter embedded;
  private volatile int waiting;
  private volatile double batchFrames = Double.NaN;
  private volatile double batchSeconds = Double.NaN;
  private volatile double latencySeconds = Double.NaN;
  private volatile double encoderStep = Double.NaN;
  private volatile long encoderNanos;

  public EmbedMetrics(MetricGroup group) {
    embedded = EMBEDDED.counter(group);
    WAITING.gauge(group, () -> waiting);
    BATCH.gauge(group, () -> batchFrames);
    SECONDS.gauge(group, () -> batchSeconds);
    LATENCY.gauge(group, () -> latencySeconds);
    STEP.gauge(group, () -> encoderStep);
    AGE.gauge(group, this::encoderAgeSeconds);
  }

  public static Counter rateLimited(MetricGroup group) {
    return RATE_LIMITED.counter(group);
  }

  public void waiting(int frames) {
    waiting = frames;
  }

  public void encoder(long step) {
    encoderNanos = System.nanoTime();
    encoderStep = step;
  }

  private double encoderAgeSeconds() {
    return Double.isNaN(encoderStep) ? Double.NaN : (System.nanoTime() - encoderNanos) / 1e9;
  }

  /**
   * @param frames frames in the batch
   * @param nanos time that the encoder took
   * @param latencyNanos time since the arrival of the batch's first frame
   */
  public void batch(int frames, long nanos, long latencyNanos) {
    embedded.inc(frames);
    batchFrames = frames;
    batchSeconds = nanos / 1e9;
    latencySeconds = latencyNanos / 1e9;
  }
}
