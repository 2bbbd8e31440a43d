package io.afterimage.search;

import java.io.IOException;

/** Another process writes the index. */
public final class IndexInUseException extends IOException {
  IndexInUseException(String message) {
    super(message);
  }
}
