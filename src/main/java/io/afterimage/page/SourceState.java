package io.afterimage.page;

import org.jspecify.annotations.Nullable;

/**
 * How far a topic is read.
 *
 * @param role what it holds, such as {@code frames}
 * @param topic its name
 * @param status whether it can be read
 * @param records records that were taken in
 * @param skipped records that were passed over, because they came faster than they were read
 * @param problem why it cannot be read; null if it can
 */
record SourceState(
    String role,
    String topic,
    Status status,
    long records,
    long skipped,
    @Nullable String problem) {
  /** Whether a topic can be read. */
  enum Status {
    CONNECTING,
    MISSING,
    READING,
    UNREACHABLE
  }
}
