package io.afterimage.frame;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Encodes an image as a small JPEG of the same aspect ratio, for display. An orientation stored in
 * the image is applied. Holds native buffers and belongs to one thread at a time; {@link #close}
 * frees them.
 */
public final class ThumbnailEncoder implements AutoCloseable {
  private static final int JPEG_QUALITY = 82;

  private final int maxSide;
  private final int maxPixels;
  private final JpegWriter writer;
  private final Mat small = new Mat();
  private boolean closed;

  /**
   * @param maxSide most pixels of the thumbnail's longer side; a smaller image is not enlarged
   * @param maxPixels most pixels of an image; a larger one is rejected without decoding it
   */
  public ThumbnailEncoder(int maxSide, int maxPixels) {
    if (maxSide < 1 || maxPixels < 1) {
      throw new IllegalArgumentException(
          "maxSide and maxPixels must be >= 1, but were %d and %d".formatted(maxSide, maxPixels));
    }
    this.maxSide = maxSide;
    this.maxPixels = maxPixels;
    this.writer = new JpegWriter(JPEG_QUALITY);
  }

  /**
   * Makes one thumbnail.
   *
   * @param image the encoded image; not written to
   * @return a JPEG
   * @throws FrameRejectedException {@code UNSUPPORTED_FORMAT}, {@code UNDECODABLE} or {@code
   *     TOO_LARGE}
   * @throws IllegalStateException if the encoder is closed
   */
  public byte[] encode(byte[] image) throws FrameRejectedException {
    if (closed) {
      throw new IllegalStateException("the encoder is closed");
    }
    ImageHeader header = ImageHeader.read(image, ImageFormat.DECODABLE);
    if ((long) header.width() * header.height() > maxPixels) {
      throw new FrameRejectedException(
          RejectionReason.TOO_LARGE,
          "%d x %d pixels, at most %d in all are allowed"
              .formatted(header.width(), header.height(), maxPixels));
    }
    try (BytePointer encoded = new BytePointer(image);
        Mat bytes = new Mat(1, image.length, CV_8UC1, encoded);
        Mat picture = imdecode(bytes, readMode(header))) {
      if (picture.empty()) {
        throw ImageBytes.undecodable(
            "damaged %s of %d x %d pixels"
                .formatted(header.format(), header.width(), header.height()));
      }
      return jpeg(picture);
    } catch (RuntimeException e) {
      // The decoder's C++ exceptions arrive as these.
      throw ImageBytes.undecodable("damaged %s: %s".formatted(header.format(), e.getMessage()));
    }
  }

  private int readMode(ImageHeader header) {
    int reduction = Math.max(header.width(), header.height()) / maxSide;
    if (header.format() != ImageFormat.JPEG || reduction < 2) {
      return IMREAD_COLOR;
    }
    if (reduction >= 8) {
      return IMREAD_REDUCED_COLOR_8;
    }
    return reduction >= 4 ? IMREAD_REDUCED_COLOR_4 : IMREAD_REDUCED_COLOR_2;
  }

  private byte[] jpeg(Mat picture) {
    double scale = (double) maxSide / Math.max(picture.cols(), picture.rows());
    if (scale >= 1) {
      return writer.write(picture);
    }
    try (Size size =
        new Size(
            (int) Math.max(1, Math.round(scale * picture.cols())),
            (int) Math.max(1, Math.round(scale * picture.rows())))) {
      resize(picture, small, size, 0, 0, INTER_AREA);
    }
    return writer.write(small);
  }

  /** Frees the native buffers. Closing again does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      writer.close();
      small.close();
    }
  }
}
