package io.afterimage.search;

import java.io.IOException;

/** An index was filled from another topic than the one to read. */
public final class OtherTopicException extends IOException {
  OtherTopicException(String message) {
    super(message);
  }
}
