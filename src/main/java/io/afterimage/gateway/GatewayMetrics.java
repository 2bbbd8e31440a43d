package io.afterimage.gateway;

import io.afterimage.frame.SourceFaults;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

/** The gateway's Prometheus metrics: counters and latencies by camera. */
public final class GatewayMetrics {
  private static final String CAMERA = "camera";

  private final Counter read;
  private final Counter published;
  private final Counter failed;
  private final Counter bytes;
  private final Counter reconnects;
  private final Counter clockJumps;
  private final Counter cutShort;
  private final Gauge connected;
  private final Histogram grab;
  private final Histogram encode;
  private final Histogram captureToAck;

  /**
   * @param registry registry for the metrics; one per gateway
   */
  public GatewayMetrics(CollectorRegistry registry) {
    read = counter("frames_read_total", "Frames that the camera delivered.", registry);
    published = counter("frames_published_total", "Frames that Kafka acknowledged.", registry);
    failed = counter("frames_failed_total", "Frames that Kafka did not take.", registry);
    bytes = counter("bytes_published_total", "Bytes of the acknowledged frames' images.", registry);
    reconnects = counter("reconnects_total", "Times that the camera went away.", registry);
    clockJumps =
        counter(
            "clock_jumps_total",
            "Times that a file's timestamps jumped: a stray one, or a clock that began anew.",
            registry);
    cutShort =
        counter(
            "cut_short_total",
            "Times that a file ended before the end that it declares.",
            registry);
    connected =
        Gauge.build("afterimage_gateway_connected", "1 while the camera is connected, or else 0.")
            .labelNames(CAMERA)
            .register(registry);
    grab =
        histogram(
            "grab_seconds",
            "Waiting for the camera, decoding, sampling and scaling, per frame.",
            0.0005,
            registry);
    encode = histogram("encode_seconds", "Encoding a frame as JPEG.", 0.00025, registry);
    captureToAck =
        histogram(
            "capture_to_ack_seconds",
            "From a frame's capture (of a file: its turn) to Kafka's acknowledgement.",
            0.001,
            registry);
  }

  private static Counter counter(String name, String help, CollectorRegistry registry) {
    return Counter.build("afterimage_gateway_" + name, help).labelNames(CAMERA).register(registry);
  }

  private static Histogram histogram(
      String name, String help, double first, CollectorRegistry registry) {
    return Histogram.build("afterimage_gateway_" + name, help)
        .labelNames(CAMERA)
        .exponentialBuckets(first, 2, 16)
        .register(registry);
  }

  /** One camera's series of every metric, at zero from the first scrape on. */
  OfCamera of(String camera) {
    return new OfCamera(
        read.labels(camera),
        published.labels(camera),
        failed.labels(camera),
        bytes.labels(camera),
        reconnects.labels(camera),
        clockJumps.labels(camera),
        cutShort.labels(camera),
        connected.labels(camera),
        grab.labels(camera),
        encode.labels(camera),
        captureToAck.labels(camera));
  }

  /** One camera's metrics. */
  record OfCamera(
      Counter.Child read,
      Counter.Child published,
      Counter.Child failed,
      Counter.Child bytes,
      Counter.Child reconnects,
      Counter.Child clockJumps,
      Counter.Child cutShort,
      Gauge.Child connected,
      Histogram.Child grab,
      Histogram.Child encode,
      Histogram.Child captureToAck) {
    /**
     * Sets the counters to a source's faults.
     *
     * @param faults counts since the source was created
     */
    void show(SourceFaults faults) {
      clockJumps.inc(faults.clockJumps() - clockJumps.get());
      cutShort.inc(faults.cutShort() - cutShort.get());
    }
  }
}
