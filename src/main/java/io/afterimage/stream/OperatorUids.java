package io.afterimage.stream;

/**
 * The operators' uids in checkpoints. They must never be renamed: a renamed operator loses its
 * state.
 */
final class OperatorUids {
  static final String FRAMES = "frames";
  static final String DECODE = "decode";
  static final String PAIR = "pair";
  static final String LEARN = "learn";
  static final String SAMPLE = "sample";
  static final String EMBED = "embed";
  static final String EMBEDDINGS = "embeddings";
  static final String REJECTED = "rejected";
  static final String TRAINING = "training";

  private OperatorUids() {}
}
