package io.afterimage.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Embeddings as JSON, for consumers to whom reading is dearer than size:
 *
 * <pre>{@code
 * {"camera": "gate", "captureMillis": 1767268800000, "encoderId": "00a1b2c3d4e5f607", "step": 300,
 *  "partition": 0, "offset": 4711, "vector": [0.125, ...]}
 * }</pre>
 *
 * <p>The encoder id is text, since JSON's readers seldom hold 64 bits of a number. Members that
 * this release does not know are passed over.
 */
public final class FrameEmbeddingJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private FrameEmbeddingJson() {}

  /** An embedding as UTF-8 JSON on one line. */
  public static byte[] encode(FrameEmbedding embedding) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("camera", embedding.camera());
    json.put("captureMillis", embedding.captureMillis());
    json.put("encoderId", EncoderId.hex(embedding.encoderId()));
    json.put("step", embedding.step());
    json.put("partition", embedding.partition());
    json.put("offset", embedding.offset());
    ArrayNode vector = json.putArray("vector");
    for (float number : embedding.vector()) {
      vector.add(number);
    }
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  /**
   * An embedding from JSON.
   *
   * @throws IOException if a member is missing or of another kind
   * @throws IllegalArgumentException if a value is not allowed
   */
  static FrameEmbedding decode(byte[] json) throws IOException {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IOException("an embedding is no JSON: " + e.getOriginalMessage(), e);
    }
    return new FrameEmbedding(
        text(root, "camera"),
        number(root, "captureMillis"),
        EncoderId.parse(text(root, "encoderId")),
        number(root, "step"),
        partition(root),
        number(root, "offset"),
        vector(root));
  }

  private static int partition(JsonNode root) throws IOException {
    long partition = number(root, "partition");
    if (partition != (int) partition) {
      throw wrong("partition", "an integer of 32 bits", root.path("partition"));
    }
    return (int) partition;
  }

  private static float[] vector(JsonNode root) throws IOException {
    JsonNode member = root.path("vector");
    if (!member.isArray()) {
      throw wrong("vector", "an array", member);
    }
    float[] vector = new float[member.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!member.get(i).isNumber()) {
        throw wrong("vector", "an array of numbers", member.get(i));
      }
      vector[i] = member.get(i).floatValue();
    }
    return vector;
  }

  private static String text(JsonNode root, String name) throws IOException {
    JsonNode member = root.path(name);
    if (!member.isTextual()) {
      throw wrong(name, "text", member);
    }
    return member.textValue();
  }

  private static long number(JsonNode root, String name) throws IOException {
    JsonNode member = root.path(name);
    if (!member.isIntegralNumber() || !member.canConvertToLong()) {
      throw wrong(name, "an integer", member);
    }
    return member.longValue();
  }

  private static IOException wrong(String name, String kind, JsonNode member) {
    return new IOException(
        "an embedding's %s must be %s, but was %s"
            .formatted(name, kind, member.isMissingNode() ? "missing" : member.toString()));
  }
}
