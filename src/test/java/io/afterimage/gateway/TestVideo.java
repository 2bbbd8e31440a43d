package io.afterimage.gateway;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_FATAL;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** A small video, made on the spot: picture i is plain gray of value {@link #gray}. */
final class TestVideo {
  private TestVideo() {}

  static int gray(int index) {
    return 20 + 8 * index;
  }

  static void write(Path file, int frames, double fps, int width, int height) throws Exception {
    av_log_set_level(AV_LOG_FATAL);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), width, height, 0)) {
      recorder.setFormat("avi");
      recorder.setVideoCodec(AV_CODEC_ID_MPEG4);
      recorder.setFrameRate(fps);
      recorder.setVideoQuality(1);
      recorder.start();
      try (Frame picture = new Frame(width, height, Frame.DEPTH_UBYTE, 3)) {
        ByteBuffer pixels = (ByteBuffer) picture.image[0];
        for (int i = 0; i < frames; i++) {
          for (int at = 0; at < pixels.capacity(); at++) {
            pixels.put(at, (byte) gray(i));
          }
          recorder.record(picture);
        }
      }
      recorder.stop();
    }
  }
}
