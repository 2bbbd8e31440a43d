package io.afterimage.stream.option;

/** The start position of a job without a checkpoint. */
public enum StartPosition {
  /** The oldest frame that Kafka still has. */
  EARLIEST,
  /** The end: only frames that arrive from now on. */
  LATEST,
  /** The consumer group's committed offsets; the oldest frame if the group is new. */
  COMMITTED
}
