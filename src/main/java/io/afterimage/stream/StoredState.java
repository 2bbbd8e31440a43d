package io.afterimage.stream;

import io.afterimage.stream.option.EncoderOptions;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.train.encoder.EncoderSettings;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Rejects stored state that does not match the options, with the same message in all operators that
 * have state, any of which may open first. Restarts are suppressed, since they would not change the
 * mismatch.
 */
final class StoredState {
  private StoredState() {}

  /**
   * @throws SuppressRestartsException naming option, both values and remedy
   */
  static void requireEncoder(EncoderSettings stored, Configuration options) {
    try {
      IncompatibleEncoderException.requireSame(stored, EncoderOptions.settings(options));
    } catch (IncompatibleEncoderException e) {
      throw new SuppressRestartsException(e);
    }
  }

  /**
   * @param stored height and width of stored frames
   * @throws SuppressRestartsException naming option, both values and remedy
   */
  static void requireFrameSize(int stored, Configuration options) {
    int given = options.get(FrameOptions.SIZE);
    if (stored != given) {
      throw new SuppressRestartsException(
          new IncompatibleEncoderException(FrameOptions.SIZE.key(), stored, given));
    }
  }
}
