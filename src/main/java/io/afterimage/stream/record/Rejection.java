package io.afterimage.stream.record;

import io.afterimage.frame.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record that was not taken as a frame, as it was read, and why.
 *
 * @param key the record's key, null if it had none; not to be written to
 * @param value the record's value, null if it had none; not to be written to
 * @param partition the partition that it was read from
 * @param offset its offset in that partition
 * @param timestampMillis its timestamp as Kafka gave it (milliseconds since 1970, UTC); may be
 *     anything
 * @param reason the rule that it broke
 * @param detail that rule and the value found, for a person
 */
public record Rejection(
    byte @Nullable [] key,
    byte @Nullable [] value,
    int partition,
    long offset,
    long timestampMillis,
    RejectionReason reason,
    String detail) {}
