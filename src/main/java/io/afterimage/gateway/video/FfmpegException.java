package io.afterimage.gateway.video;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;

/** An error of FFmpeg, in its own words: "Connection refused". */
public final class FfmpegException extends IOException {
  private static final long serialVersionUID = 1;

  FfmpegException(String message) {
    super(message);
  }

  /**
   * @param code return value of an FFmpeg function
   * @throws FfmpegException if it is an error
   */
  static void check(int code) throws FfmpegException {
    if (code < 0) {
      throw new FfmpegException(text(code));
    }
  }

  /** The text of an error code. */
  static String text(int code) {
    try (BytePointer text = new BytePointer(256)) {
      av_strerror(code, text, text.capacity());
      // Without a length it is read up to its zero byte.
      return text.limit(0).getString();
    }
  }
}
