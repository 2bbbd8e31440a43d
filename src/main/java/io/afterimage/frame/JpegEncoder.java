package io.afterimage.frame;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Encodes pictures as baseline JPEG with 4:2:0 chroma. Holds native buffers and belongs to one
 * thread; {@link #close} frees them.
 */
public final class JpegEncoder implements AutoCloseable {
  private final JpegWriter writer;
  private final Mat picture = new Mat();
  private boolean closed;

  /**
   * @param quality libjpeg's quality, 1 (worst) to 100
   */
  public JpegEncoder(int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality must be in 1..100, but was " + quality);
    }
    this.writer = new JpegWriter(quality);
  }

  /**
   * Encodes one picture.
   *
   * @param pixels {@code (height, width, 3)} row-major, red-green-blue, unsigned bytes; not written
   *     to
   * @return the JPEG, from SOI to EOI
   * @throws IllegalArgumentException if the pixels do not fill width times height, or a side is
   *     above 65,535
   * @throws IllegalStateException if the encoder is closed
   */
  public byte[] encode(byte[] pixels, int width, int height) {
    if (closed) {
      throw new IllegalStateException("the encoder is closed");
    }
    if (width < 1 || height < 1 || width > 0xffff || height > 0xffff) {
      throw new IllegalArgumentException(
          "width and height must be in 1..65535, but were %d x %d".formatted(width, height));
    }
    if (pixels.length != (long) width * height * 3) {
      throw new IllegalArgumentException(
          "pixels must hold width * height * 3 = %d bytes, but held %d"
              .formatted((long) width * height * 3, pixels.length));
    }
    picture.create(height, width, CV_8UC3);
    picture.data().put(pixels);
    cvtColor(picture, picture, COLOR_RGB2BGR);
    return writer.write(picture);
  }

  /** Frees the native buffers. Closing again does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      writer.close();
      picture.close();
    }
  }
}
