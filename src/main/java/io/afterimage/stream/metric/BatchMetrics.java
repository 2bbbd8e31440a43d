package io.afterimage.stream.metric;

import io.afterimage.pairing.PositiveGroup;
import io.afterimage.train.MiniBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of the composition of the newest mini-batch; NaN before the first. */
public final class BatchMetrics {
  private static final Metric LARGEST_CAMERA_SHARE =
      new Metric(
          "largest_camera_share",
          "Largest share of one camera in the newest mini-batch; near 1, the encoder learns from a"
              + " single camera.");

  static final List<Metric> ALL = List.of(LARGEST_CAMERA_SHARE);

  private volatile double largestCameraShare = Double.NaN;

  public BatchMetrics(MetricGroup metrics) {
    LARGEST_CAMERA_SHARE.gauge(metrics, () -> largestCameraShare);
  }

  public void observe(MiniBatch batch) {
    Map<String, Integer> groups = new HashMap<>();
    int largest = 0;
    for (PositiveGroup group : batch.groups()) {
      largest = Math.max(largest, groups.merge(group.camera(), 1, Integer::sum));
    }
    largestCameraShare = (double) largest / batch.groups().size();
  }
}
