package io.afterimage.model;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The metadata of a snapshot, for choosing among snapshots without reading their weights.
 *
 * @param version the snapshot's name in its registry, never reused
 * @param step the last step that the encoder learned from
 * @param published when it was published
 * @param encoder the encoder's settings
 * @param metrics the learner's metrics at that step, by name; finite values only
 * @param weightsFile the file with the snapshot in the form of {@link EncoderSnapshotCodec}
 * @param weightsBytes its length
 * @param weightsSha256 its SHA-256 (64 hexadecimal digits)
 */
public record SnapshotManifest(
    String version,
    long step,
    Instant published,
    EncoderSettings encoder,
    Map<String, Double> metrics,
    String weightsFile,
    long weightsBytes,
    String weightsSha256) {
  public SnapshotManifest {
    Map<String, Double> finite = new LinkedHashMap<>();
    metrics.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            finite.put(name, value);
          }
        });
    metrics = Collections.unmodifiableMap(finite);
  }
}
