package io.afterimage.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Embeddings as JSON, for consumers that value readability over size:
 *
 * <pre>{@code
 * {"camera": "gate", "captureMillis": 1767268800000, "encoderId": "00a1b2c3d4e5f607", "step": 300,
 *  "partition": 0, "offset": 4711, "vector": [0.125, ...]}
 * }</pre>
 *
 * <p>The encoder id is text, since few JSON readers hold 64-bit integers exactly. Unknown members
 * are ignored.
 */
public final class FrameEmbeddingJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private FrameEmbeddingJson() {}

  /** The members as they are written, in this order. */
  private record Members(
      @JsonProperty(required = true) String camera,
      @JsonProperty(required = true) long captureMillis,
      @JsonProperty(required = true) String encoderId,
      @JsonProperty(required = true) long step,
      @JsonProperty(required = true) int partition,
      @JsonProperty(required = true) long offset,
      @JsonProperty(required = true) float[] vector) {}

  /** An embedding as UTF-8 JSON on one line. */
  public static byte[] encode(FrameEmbedding embedding) {
    try {
      return MAPPER.writeValueAsBytes(
          new Members(
              embedding.camera(),
              embedding.captureMillis(),
              EncoderId.hex(embedding.encoderId()),
              embedding.step(),
              embedding.partition(),
              embedding.offset(),
              embedding.vector()));
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
    Members members;
    try {
      members = MAPPER.readValue(json, Members.class);
    } catch (JsonMappingException e) {
      throw new IOException(
          "an embedding's JSON does not follow the documented format%s: %s"
              .formatted(at(e), e.getOriginalMessage()),
          e);
    } catch (JsonProcessingException e) {
      throw new IOException("an embedding is not JSON: " + e.getOriginalMessage(), e);
    }
    return new FrameEmbedding(
        members.camera(),
        members.captureMillis(),
        EncoderId.parse(members.encoderId()),
        members.step(),
        members.partition(),
        members.offset(),
        members.vector());
  }

  private static String at(JsonMappingException wrong) {
    return wrong.getPath().isEmpty() ? "" : " at " + wrong.getPath().get(0).getFieldName();
  }
}
