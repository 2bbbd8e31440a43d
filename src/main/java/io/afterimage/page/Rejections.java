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

/** The latest rejected records, and counts by reason. Thread-safe. */
final class Rejections {
  private static final int LATEST = 20;
  private static final int MOST_REASONS = 50;
  private static final int MOST_CHARACTERS = 300;

  private final Deque<Rejected> latest = new ArrayDeque<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private long total;

  /**
   * A rejected record as the page shows it.
   *
   * @param millis when it was rejected (milliseconds since 1970, UTC)
   * @param camera its key; null if it had none
   * @param reason label of the reason
   * @param detail the reason in words
   * @param place partition and offset in the topic of frames
   * @param bytes length of its value before truncation
   */
  record Rejected(
      long millis,
      @Nullable String camera,
      String reason,
      @Nullable String detail,
      String place,
      String bytes) {}

  /**
   * The page's view of rejected records.
   *
   * @param total records read since shortly before the page was started
   * @param reasons counts by reason
   * @param latest the latest ones, newest first
   */
  record Shown(long total, Map<String, Long> reasons, List<Rejected> latest) {}

  /** Adds a record of the topic. */
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
