package io.afterimage.page;

import org.jspecify.annotations.Nullable;

/**
 * The reading state of a topic.
 *
 * @param role the kind of its records, such as {@code frames}
 * @param topic its name
 * @param status whether it can be read
 * @param records records read
 * @param skipped records skipped because they arrived faster than they were read
 * @param problem why it cannot be read; null if it can
 */
record SourceState(
    String role,
    String topic,
    Status status,
    long records,
    long skipped,
    @Nullable String problem) {
  /** The state of the connection to a topic. */
  enum Status {
    CONNECTING,
    MISSING,
    READING,
    UNREACHABLE
  }
}
