package io.afterimage.stream;

import io.afterimage.model.SnapshotReader;
import io.afterimage.stream.option.EncoderOptions;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.IOException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/** The encoder that a learner starts from instead of one initialized from the seed. */
final class WarmStart {
  private WarmStart() {}

  /**
   * @return null if the option is not set
   * @throws SuppressRestartsException if it cannot be read, or has other settings than the options
   */
  static @Nullable EncoderSnapshot read(Configuration options) {
    String path = options.get(EncoderOptions.WARM_START);
    if (path == null) {
      return null;
    }
    try {
      SnapshotReader.Found found = new SnapshotReader(new FlinkFiles()).read(path);
      EncoderSettings given = EncoderOptions.settings(options);
      if (!found.snapshot().settings().equals(given)) {
        throw IncompatibleEncoderException.atStart(
            found.path(), found.snapshot().settings(), given);
      }
      return found.snapshot();
    } catch (IOException e) {
      throw new SuppressRestartsException(
          new IOException(
              "%s %s: %s".formatted(EncoderOptions.WARM_START.key(), path, e.getMessage()), e));
    } catch (IncompatibleEncoderException e) {
      throw new SuppressRestartsException(e);
    }
  }
}
