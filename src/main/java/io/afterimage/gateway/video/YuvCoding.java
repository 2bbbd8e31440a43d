package io.afterimage.gateway.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BITSTREAM;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * The coding of red, green and blue as brightness and color differences.
 *
 * <p>Unspecified properties are assumed as in players: the matrix of BT.709 for high definition
 * (wider than 1279 or higher than 576 pixels), BT.601 for smaller pictures; limited range, except
 * for JPEG's formats and plain gray.
 *
 * @param matrix the matrix, as {@code AVCOL_SPC_}
 * @param fullRange whether black is 0 and white 255, rather than 16 and 235
 * @param gray whether there is brightness only
 */
record YuvCoding(int matrix, boolean fullRange, boolean gray) {
  private static final int HD_WIDTH = 1280;
  private static final int SD_HEIGHT = 576;
  private static final int LAST_KNOWN_MATRIX = 10;
  private static final int NOT_GRAY =
      AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM;
  private static final int BLACK = 16;
  private static final int WHITE = 235;

  static YuvCoding of(AVFrame picture) {
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(picture.format());
    boolean gray = format.nb_components() < 3 && (format.flags() & NOT_GRAY) == 0;
    return new YuvCoding(
        matrix(picture.colorspace(), picture.width(), picture.height()),
        fullRange(picture.color_range(), gray, format),
        gray);
  }

  private static int matrix(int declared, int width, int height) {
    if (declared != AVCOL_SPC_UNSPECIFIED && declared <= LAST_KNOWN_MATRIX) {
      return declared;
    }
    return width >= HD_WIDTH || height > SD_HEIGHT ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  }

  private static boolean fullRange(int declared, boolean gray, AVPixFmtDescriptor format) {
    if (declared != AVCOL_RANGE_UNSPECIFIED) {
      return declared == AVCOL_RANGE_JPEG;
    }
    return gray || format.name().getString().startsWith("yuvj");
  }

  /** Whether the picture is gray of limited range, which FFmpeg's scaler does not expand. */
  boolean isLimitedGray() {
    return gray && !fullRange;
  }

  /** Expands values of limited range to full range. */
  static void widen(byte[] values) {
    for (int i = 0; i < values.length; i++) {
      int value = Math.round(((values[i] & 0xff) - BLACK) * 255f / (WHITE - BLACK));
      values[i] = (byte) Math.max(0, Math.min(255, value));
    }
  }
}
