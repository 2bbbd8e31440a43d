package io.afterimage.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

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
 * <p>Members that this release does not know are passed over.
 */
public final class ManifestJson {
  /** The format that is written. */
  public static final int FORMAT = 1;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ManifestJson() {}

  /** A manifest as UTF-8 JSON. */
  public static byte[] write(SnapshotManifest manifest) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", FORMAT);
    json.put("version", manifest.version());
    json.put("step", manifest.step());
    json.put("published", manifest.published().toString());
    ObjectNode options = json.putObject("options");
    manifest.encoder().options().forEach(options::put);
    json.putObject("preprocessing")
        .put("name", EncoderSnapshotCodec.PREPROCESSING)
        .put("pixels", "(N, S, S, 3) unsigned bytes, red-green-blue, divided by 255")
        .put(
            "resize",
            "the whole image to S x S by area average, linear interpolation where it is smaller");
    ObjectNode metrics = json.putObject("metrics");
    manifest.metrics().forEach(metrics::put);
    json.putObject("weights")
        .put("file", manifest.weightsFile())
        .put("bytes", manifest.weightsBytes())
        .put("sha256", manifest.weightsSha256());
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  /**
   * A manifest from JSON.
   *
   * @throws IOException if the bytes are no manifest, or one of another format
   */
  public static SnapshotManifest read(byte[] bytes) throws IOException {
    JsonNode json;
    try {
      json = MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new IOException("it is no JSON: " + e.getOriginalMessage(), e);
    }
    long format = number(json, "format");
    if (format != FORMAT) {
      throw new IOException(
          "it has format %d, but only format %d is known".formatted(format, FORMAT));
    }
    JsonNode preprocessing = object(json, "preprocessing");
    String name = text(preprocessing, "name");
    if (!name.equals(EncoderSnapshotCodec.PREPROCESSING)) {
      throw new IOException(
          "it wants frames prepared as %s, but only %s is known"
              .formatted(name, EncoderSnapshotCodec.PREPROCESSING));
    }
    JsonNode weights = object(json, "weights");
    try {
      return new SnapshotManifest(
          text(json, "version"),
          number(json, "step"),
          Instant.parse(text(json, "published")),
          EncoderSettings.ofOptions(texts(object(json, "options"))),
          numbers(object(json, "metrics")),
          fileName(text(weights, "file")),
          number(weights, "bytes"),
          text(weights, "sha256"));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException("it is no valid one: " + e.getMessage(), e);
    }
  }

  /** Only a name: a manifest must not lead to files elsewhere. */
  private static String fileName(String file) throws IOException {
    if (!file.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IOException("weights.file must be a plain file name, but was " + file);
    }
    return file;
  }

  private static JsonNode object(JsonNode json, String name) throws IOException {
    JsonNode member = json.path(name);
    if (!member.isObject()) {
      throw new IOException("%s must be an object, but was %s".formatted(name, shown(member)));
    }
    return member;
  }

  private static String text(JsonNode json, String name) throws IOException {
    JsonNode member = json.path(name);
    if (!member.isTextual()) {
      throw new IOException("%s must be text, but was %s".formatted(name, shown(member)));
    }
    return member.textValue();
  }

  private static long number(JsonNode json, String name) throws IOException {
    JsonNode member = json.path(name);
    if (!member.isIntegralNumber() || !member.canConvertToLong()) {
      throw new IOException("%s must be an integer, but was %s".formatted(name, shown(member)));
    }
    return member.longValue();
  }

  private static String shown(JsonNode member) {
    return member.isMissingNode() ? "missing" : member.toString();
  }

  private static Map<String, String> texts(JsonNode json) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  private static Map<String, Double> numbers(JsonNode json) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    json.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isNumber()) {
                numbers.put(entry.getKey(), entry.getValue().doubleValue());
              }
            });
    return numbers;
  }
}
