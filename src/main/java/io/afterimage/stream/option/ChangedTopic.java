package io.afterimage.stream.option;

import java.util.Locale;

/** What a restored job does if the topic of frames is not the one that its state was read from. */
public enum ChangedTopic {
  /** Stops, and says how the topics differ. */
  FAIL,
  /** Reads the topic that is there now from its beginning. */
  RESTART;

  /** As the options name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
