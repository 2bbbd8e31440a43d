package io.afterimage.stream;

import io.afterimage.stream.option.EncoderOptions;
import io.afterimage.stream.option.FrameOptions;
import io.afterimage.train.encoder.EncoderSettings;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Refuses stored state that does not fit the options, in the words of the learner: several
 * operators hold some, and any of them may be the first to open. The options would not fit after a
 * restart either.
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
