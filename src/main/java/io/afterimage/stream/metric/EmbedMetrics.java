package io.afterimage.stream.metric;

import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Shows what the embedding operators do, and with which encoder. */
public final class EmbedMetrics {
  private static final Metric PASSED_OVER =
      new Metric(
          "frames_passed_over", "Frames not embedded, since embeddings.max-rate allows no more.");

  private static final Metric EMBEDDED = new Metric("frames_embedded", "Frames embedded.");
  private static final Metric WAITING =
      new Metric("embedding_frames_waiting", "Frames that wait for the first encoder.");
  private static final Metric BATCH =
      new Metric(
          "embedding_batch_frames", "Frames that went through the encoder at once, the last time.");
  private static final Metric SECONDS =
      new Metric("embedding_batch_seconds", "Time that they took there.");
  private static final Metric LATENCY =
      new Metric(
          "embedding_latency_seconds",
          "Time from the arrival of the first of them at the operator to its embedding.");
  private static final Metric STEP =
      new Metric("embedding_encoder_step", "Step of the encoder in use.");
  private static final Metric AGE =
      new Metric("embedding_encoder_age_seconds", "Time since the encoder in use came.");

  static final List<Metric> OF_SAMPLE = List.of(PASSED_OVER);
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
    embedded = group.counter(EMBEDDED.name());
    group.gauge(WAITING.name(), (Gauge<Double>) () -> (double) waiting);
    group.gauge(BATCH.name(), (Gauge<Double>) () -> batchFrames);
    group.gauge(SECONDS.name(), (Gauge<Double>) () -> batchSeconds);
    group.gauge(LATENCY.name(), (Gauge<Double>) () -> latencySeconds);
    group.gauge(STEP.name(), (Gauge<Double>) () -> encoderStep);
    group.gauge(AGE.name(), (Gauge<Double>) this::encoderAgeSeconds);
  }

  public static Counter passedOver(MetricGroup group) {
    return group.counter(PASSED_OVER.name());
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
   * @param frames frames that went through the encoder at once
   * @param nanos time that they took there
   * @param latencyNanos time from the arrival of the first of them until now
   */
  public void batch(int frames, long nanos, long latencyNanos) {
    embedded.inc(frames);
    batchFrames = frames;
    batchSeconds = nanos / 1e9;
    latencySeconds = latencyNanos / 1e9;
  }
}
