package io.afterimage.stream.kafka;

import java.io.IOException;

/** No broker answers where the job was told to look for one. */
public final class NoBrokerException extends IOException {
  NoBrokerException(String message) {
    super(message);
  }
}
