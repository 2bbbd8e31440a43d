package io.afterimage.gateway.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.javacpp.IntPointer;

/**
 * The transformation that makes a picture upright: one of the eight combinations of quarter turns
 * and mirroring. Other display matrices are rounded to the nearest one.
 *
 * @param swapsAxes whether rows become columns
 * @param right whether the picture's columns run to the right (or down, if axes are swapped)
 * @param down whether its rows run down (or to the right, if axes are swapped)
 */
public record Orientation(boolean swapsAxes, boolean right, boolean down) {
  static final Orientation UPRIGHT = new Orientation(false, true, true);

  private static final int MATRIX_BYTES = 9 * Integer.BYTES;

  /**
   * The orientation that a container, a stream or a JPEG's EXIF gives a picture.
   *
   * @param before the orientation of the previous picture, which stays valid until another one is
   *     given
   */
  static Orientation of(AVFrame picture, Orientation before) {
    AVFrameSideData data = av_frame_get_side_data(picture, AV_FRAME_DATA_DISPLAYMATRIX);
    if (data == null || data.size() < MATRIX_BYTES) {
      return before;
    }
    IntPointer matrix = new IntPointer(data.data());
    return of(matrix.get(0), matrix.get(1), matrix.get(3), matrix.get(4));
  }

  /**
   * The orientation of a display matrix (ISO/IEC 14496-12, 8.3.2), which takes the point (p, q) to
   * (ap + cq, bp + dq).
   */
  static Orientation of(int a, int b, int c, int d) {
    boolean swaps =
        Math.abs((long) b) + Math.abs((long) c) > Math.abs((long) a) + Math.abs((long) d);
    long column = swaps ? b : a;
    long row = swaps ? c : d;
    return column == 0 || row == 0 ? UPRIGHT : new Orientation(swaps, column > 0, row > 0);
  }

  /**
   * Turns a picture.
   *
   * @param pixels {@code (height, width, 3)} row-major
   * @return {@code (width, height, 3)} if axes are swapped, or else {@code (height, width, 3)}
   */
  byte[] turn(byte[] pixels, int width, int height) {
    if (equals(UPRIGHT)) {
      return pixels;
    }
    byte[] turned = new byte[pixels.length];
    int turnedWidth = swapsAxes ? height : width;
    for (int y = 0; y < height; y++) {
      int row = down ? y : height - 1 - y;
      for (int x = 0; x < width; x++) {
        int column = right ? x : width - 1 - x;
        int to = swapsAxes ? column * turnedWidth + row : row * turnedWidth + column;
        System.arraycopy(pixels, 3 * (y * width + x), turned, 3 * to, 3);
      }
    }
    return turned;
  }
}
