package io.afterimage.gateway.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

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
 * Scales decoded video pictures of any size, pixel format and orientation to upright RGB of one
 * width, by area average.
 */
public final class RgbScaler implements AutoCloseable {
  /** The factor 1 of contrast and saturation. */
  private static final int ONE = 1 << 16;

  private final int maxWidth;
  private final PointerPointer<BytePointer> rows = new PointerPointer<>(1);
  private final IntPointer rowBytes = new IntPointer(1L);
  private BytePointer rgb = new BytePointer();
  private @Nullable SwsContext context;
  private @Nullable Conversion prepared;

  /** The parameters of a context of FFmpeg's scaler. */
  private record Conversion(
      int width, int height, int format, YuvCoding coding, int toWidth, int toHeight) {}

  /**
   * @param maxWidth width to which wider upright pictures are scaled (pixels)
   */
  public RgbScaler(int maxWidth) {
    this.maxWidth = maxWidth;
  }

  /**
   * @param orientation the picture's orientation
   * @throws IOException if FFmpeg cannot convert the picture's format
   */
  public CapturedImage scale(AVFrame picture, Orientation orientation, long captureTimeMillis)
      throws IOException {
    boolean swaps = orientation.swapsAxes();
    int across = swaps ? picture.height() : picture.width();
    int along = swaps ? picture.width() : picture.height();
    int width = Math.min(maxWidth, across);
    int height = Math.max(1, (int) Math.round((double) along * width / across));
    byte[] pixels = swaps ? convert(picture, height, width) : convert(picture, width, height);
    byte[] upright =
        swaps ? orientation.turn(pixels, height, width) : orientation.turn(pixels, width, height);
    return new CapturedImage(captureTimeMillis, width, height, upright);
  }

  /** The scaled picture, not yet turned: {@code (height, width, 3)}. */
  private byte[] convert(AVFrame picture, int width, int height) throws IOException {
    YuvCoding coding = YuvCoding.of(picture);
    prepare(
        new Conversion(picture.width(), picture.height(), picture.format(), coding, width, height));
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
    if (coding.isLimitedGray()) {
      YuvCoding.widen(pixels);
    }
    return pixels;
  }

  private void prepare(Conversion conversion) throws IOException {
    if (conversion.equals(prepared)) {
      return;
    }
    sws_freeContext(context);
    prepared = null;
    context =
        sws_getContext(
            conversion.width(),
            conversion.height(),
            conversion.format(),
            conversion.toWidth(),
            conversion.toHeight(),
            AV_PIX_FMT_RGB24,
            SWS_AREA,
            null,
            null,
            (DoublePointer) null);
    if (context == null) {
      throw new IOException(
          "FFmpeg cannot convert pixel format %d of %d x %d pixels"
              .formatted(conversion.format(), conversion.width(), conversion.height()));
    }
    IntPointer matrix = sws_getCoefficients(conversion.coding().matrix());
    boolean full = conversion.coding().fullRange() || conversion.coding().isLimitedGray();
    sws_setColorspaceDetails(context, matrix, full ? 1 : 0, matrix, 1, 0, ONE, ONE);
    prepared = conversion;
  }

  @Override
  public void close() {
    sws_freeContext(context);
    context = null;
    prepared = null;
    rgb.close();
    rows.close();
    rowBytes.close();
  }
}
