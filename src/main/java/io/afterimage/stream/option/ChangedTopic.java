package io.afterimage.stream.option;

import java.util.Locale;

/** The policy of a restored job if the topic of frames is not the one that its state refers to. */
public enum ChangedTopic {
  /** Fails, and reports how the topics differ. */
  FAIL,
  /** Reads the present topic from its beginning. */
  RESTART;

  /** The name in the options. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
