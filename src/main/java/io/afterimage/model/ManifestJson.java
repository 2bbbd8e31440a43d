package io.afterimage.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SnapshotManifest} as JSON, format 1:
 *
 * <pre>{@code
 * {
 *   "format": 1,
 *   "version": "step-000000000300",
 *   "step": 300,
 *   "published": "2026-01-31T12:00:00Z",
 *   "options": {"encoder.architecture": "resnet-s", ..., "frame.size": "32"},
 *   "preprocessing": {"name": "rgb/255", ...},
 *   "metrics": {"loss": 4.1, ...},
 *   "weights": {"file": "encoder.afim", "bytes": 5230412, "sha256": "..."}
 * }
 * }</pre>
 *
 * <p>Unknown members are ignored.
 */
public final class ManifestJson {
  /** The format that is written. */
  public static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private ManifestJson() {}

  /** The members as they are written, in this order. */
  private record Members(
      @JsonProperty(required = true) int format,
      @JsonProperty(required = true) String version,
      @JsonProperty(required = true) long step,
      @JsonProperty(required = true) String published,
      @JsonProperty(required = true) Map<String, String> options,
      @JsonProperty(required = true) Preprocessing preprocessing,
      @JsonProperty(required = true) Map<String, Double> metrics,
      @JsonProperty(required = true) Weights weights) {}

  private record Preprocessing(
      @JsonProperty(required = true) String name,
      @Nullable String pixels,
      @Nullable String resize) {
    static final Preprocessing KNOWN =
        new Preprocessing(
            EncoderSnapshotCodec.PREPROCESSING,
            "(N, S, S, 3) unsigned bytes, red-green-blue, divided by 255",
            "the whole image to S x S by area average, linear interpolation where it is smaller");
  }

  private record Weights(
      @JsonProperty(required = true) String file,
      @JsonProperty(required = true) long bytes,
      @JsonProperty(required = true) String sha256) {}

  /** A manifest as UTF-8 JSON. */
  public static byte[] write(SnapshotManifest manifest) {
    try {
      return MAPPER
          .writerWithDefaultPrettyPrinter()
          .writeValueAsBytes(
              new Members(
                  FORMAT,
                  manifest.version(),
                  manifest.step(),
                  manifest.published().toString(),
                  EncoderProperties.of(manifest.encoder()),
                  Preprocessing.KNOWN,
                  manifest.metrics(),
                  new Weights(
                      manifest.weightsFile(), manifest.weightsBytes(), manifest.weightsSha256())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  /**
   * A manifest from JSON.
   *
   * @throws IOException if the bytes are not a manifest, or one of another format
   */
  public static SnapshotManifest read(byte[] bytes) throws IOException {
    Members json = members(bytes);
    if (!json.preprocessing().name().equals(EncoderSnapshotCodec.PREPROCESSING)) {
      throw new IOException(
          "it requires frames preprocessed as %s, but only %s is known"
              .formatted(json.preprocessing().name(), EncoderSnapshotCodec.PREPROCESSING));
    }
    try {
      return new SnapshotManifest(
          json.version(),
          json.step(),
          Instant.parse(json.published()),
          EncoderProperties.read(json.options()),
          json.metrics(),
          fileName(json.weights().file()),
          json.weights().bytes(),
          json.weights().sha256());
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException("it is not valid: " + e.getMessage(), e);
    }
  }

  private static Members members(byte[] bytes) throws IOException {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      // Another format may have other members.
      if (json.path("format").asLong() != FORMAT) {
        throw new IOException(
            "it has format %s, but only format %d is known".formatted(json.path("format"), FORMAT));
      }
      return MAPPER.treeToValue(json, Members.class);
    } catch (JsonMappingException e) {
      throw new IOException("it does not follow the documented format: " + e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IOException("it is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Checks that it is a plain name: a manifest must not refer to files elsewhere. */
  private static String fileName(String file) throws IOException {
    if (!file.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IOException("weights.file must be a plain file name, but was " + file);
    }
    return file;
  }
}
