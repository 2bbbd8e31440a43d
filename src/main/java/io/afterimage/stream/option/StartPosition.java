package io.afterimage.stream.option;

/** Where a job that has no checkpoint starts to read. */
public enum StartPosition {
  /** At the oldest frame that Kafka still has. */
  EARLIEST,
  /** At the frames that come from now on. */
  LATEST,
  /** Where the consumer group left off; at the oldest frame if it is new. */
  COMMITTED
}
