package io.afterimage.stream.record;

import io.afterimage.frame.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record that was rejected as a frame, unmodified, and the reason.
 *
 * @param key the record's key, null if it had none; not to be written to
 * @param value the record's value, null if it had none; not to be written to
 * @param partition the partition that it was read from
 * @param offset its offset in that partition
 * @param timestampMillis its timestamp from Kafka (milliseconds since 1970, UTC), not validated
 * @param reason the rule that it broke
 * @param detail the rule and the value found, for the operator
 */
public record Rejection(
    byte @Nullable [] key,
    byte @Nullable [] value,
    int partition,
    long offset,
    long timestampMillis,
    RejectionReason reason,
    String detail) {}
