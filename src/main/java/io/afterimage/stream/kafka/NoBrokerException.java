package io.afterimage.stream.kafka;

import java.io.IOException;

/** No broker answers at the configured addresses. */
public final class NoBrokerException extends IOException {
  NoBrokerException(String message) {
    super(message);
  }
}
