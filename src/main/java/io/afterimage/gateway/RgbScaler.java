package io.afterimage.gateway;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.afterimage.frame.CapturedImage;
import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Scales decoded video pictures of any size and pixel format to RGB of one width, by area average.
 */
final class RgbScaler implements AutoCloseable {
  private final int maxWidth;
  private final PointerPointer<BytePointer> rows = new PointerPointer<>(1);
  private final IntPointer rowBytes = new IntPointer(1L);
  private BytePointer rgb = new BytePointer();
  private @Nullable SwsContext context;

  RgbScaler(int maxWidth) {
    this.maxWidth = maxWidth;
  }

  /**
   * @throws IOException if FFmpeg cannot convert the picture's format
   */
  CapturedImage scale(AVFrame picture, long captureTimeMillis) throws IOException {
    int width = Math.min(maxWidth, picture.width());
    int height = Math.max(1, (int) Math.round((double) picture.height() * width / picture.width()));
    context =
        sws_getCachedContext(
            context,
            picture.width(),
            picture.height(),
            picture.format(),
            width,
            height,
            AV_PIX_FMT_RGB24,
            SWS_AREA,
            null,
            null,
            (DoublePointer) null);
    if (context == null) {
      throw new IOException(
          "FFmpeg cannot convert pixel format %d of %d x %d pixels"
              .formatted(picture.format(), picture.width(), picture.height()));
    }
    // Vector code may write past the end of the last row.
    long needed = 3L * width * height + 64;
    if (rgb.capacity() < needed) {
      rgb.close();
      rgb = new BytePointer(needed);
      rows.put(0, rgb);
    }
    rowBytes.put(0, 3 * width);
    sws_scale(context, picture.data(), picture.linesize(), 0, picture.height(), rows, rowBytes);
    byte[] pixels = new byte[3 * width * height];
    rgb.get(pixels);
    return new CapturedImage(captureTimeMillis, width, height, pixels);
  }

  @Override
  public void close() {
    sws_freeContext(context);
    context = null;
    rgb.close();
    rows.close();
    rowBytes.close();
  }
}
