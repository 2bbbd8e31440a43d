package io.afterimage.page;

import io.afterimage.wire.RejectedRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The latest records that were no usable frame, and how many there were by reason. Thread-safe. */
final class Rejections {
  private static final int LATEST = 20;
  private static final int MOST_REASONS = 50;
  private static final int MOST_CHARACTERS = 300;

  private final Deque<Rejected> latest = new ArrayDeque<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private long total;

  /**
   * A rejected record as it is shown.
   *
   * @param millis when it was rejected (milliseconds since 1970, UTC)
   * @param camera its key; null if it had none
   * @param reason why, by the reason's label
   * @param detail why, in words
   * @param place partition and offset in the topic of frames
   * @param bytes length of its value before any cut
   */
  record Rejected(
      long millis,
      @Nullable String camera,
      String reason,
      @Nullable String detail,
      String place,
      String bytes) {}

  /**
   * What is shown of rejected records.
   *
   * @param total how many were read since the page was started, and a little before
   * @param reasons how many by reason
   * @param latest the latest ones, newest first
   */
  record Shown(long total, Map<String, Long> reasons, List<Rejected> latest) {}

  /** Takes in a record of the topic. */
  synchronized void accept(ConsumerRecord<byte[], byte[]> message) {
    RejectedRecord record =
        RejectedRecord.read(
            name -> {
              Header header = message.headers().lastHeader(name);
              return header == null ? null : header.value();
            });
    String reason = orElse(cut(record.reason()), "unknown");
    byte[] value = message.value();
    latest.addFirst(
        new Rejected(
            message.timestamp(),
            cut(record.camera()),
            reason,
            cut(record.detail()),
            "%s/%s"
                .formatted(orElse(cut(record.partition()), "?"), orElse(cut(record.offset()), "?")),
            orElse(cut(record.length()), Integer.toString(value == null ? 0 : value.length))));
    if (latest.size() > LATEST) {
      latest.removeLast();
    }
    if (counts.size() < MOST_REASONS || counts.containsKey(reason)) {
      counts.merge(reason, 1L, Long::sum);
    }
    total++;
  }

  synchronized Shown shown() {
    return new Shown(
        total, Collections.unmodifiableMap(new TreeMap<>(counts)), new ArrayList<>(latest));
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, MOST_CHARACTERS) + " ...";
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
