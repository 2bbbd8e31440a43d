package io.afterimage.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record of the topic {@code frames.rejected}, as UTF-8 text. Its key and value
 * are those of the rejected record.
 *
 * <p>Headers are read leniently: any of them may be missing or invalid.
 *
 * @param reason label of the reason
 * @param detail the reason in words
 * @param camera the rejected record's key, if it may be a camera's id
 * @param partition the partition of the rejected record
 * @param offset the offset of the rejected record
 * @param timestamp the rejected record's timestamp
 * @param length original length of its value (bytes), if the value was truncated
 */
public record RejectedRecord(
    @Nullable String reason,
    @Nullable String detail,
    @Nullable String camera,
    @Nullable String partition,
    @Nullable String offset,
    @Nullable String timestamp,
    @Nullable String length) {
  private static final String REASON = "reason";
  private static final String DETAIL = "detail";
  private static final String CAMERA = "camera";
  private static final String PARTITION = "partition";
  private static final String OFFSET = "offset";
  private static final String TIMESTAMP = "timestamp";
  private static final String LENGTH = "length";

  /** The headers of a rejected record; the key is among them if it may be a camera's id. */
  public static Map<String, byte[]> headers(
      String reason,
      String detail,
      byte @Nullable [] key,
      int partition,
      long offset,
      long timestampMillis,
      @Nullable Integer length) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put(REASON, utf8(reason));
    headers.put(DETAIL, utf8(detail));
    if (key != null && key.length > 0 && key.length <= FrameRecord.MAX_CAMERA_BYTES) {
      headers.put(CAMERA, key);
    }
    headers.put(PARTITION, utf8(Integer.toString(partition)));
    headers.put(OFFSET, utf8(Long.toString(offset)));
    headers.put(TIMESTAMP, utf8(Long.toString(timestampMillis)));
    if (length != null) {
      headers.put(LENGTH, utf8(length.toString()));
    }
    return headers;
  }

  /**
   * @param headers returns the last header of a name; null if there is none
   */
  public static RejectedRecord read(Function<String, byte @Nullable []> headers) {
    return new RejectedRecord(
        text(headers.apply(REASON)),
        text(headers.apply(DETAIL)),
        text(headers.apply(CAMERA)),
        text(headers.apply(PARTITION)),
        text(headers.apply(OFFSET)),
        text(headers.apply(TIMESTAMP)),
        text(headers.apply(LENGTH)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String text(byte @Nullable [] utf8) {
    return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
  }
}
