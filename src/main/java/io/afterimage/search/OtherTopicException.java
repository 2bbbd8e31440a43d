package io.afterimage.search;

import java.io.IOException;

/** An index was filled from a topic that is not the one to be read. */
public final class OtherTopicException extends IOException {
  OtherTopicException(String message) {
    super(message);
  }
}
