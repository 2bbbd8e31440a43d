package io.afterimage.frame;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Decodes camera pictures (JPEG, PNG or WebP, whichever the settings accept) to frames of one size.
 *
 * <pre>{@code
 * try (FrameDecoder decoder = new FrameDecoder(settings)) {
 *   Frame frame = decoder.decode(encoded);
 * }
 * }</pre>
 *
 * <p>The whole picture is resized to a square, without keeping its aspect ratio: cropping would
 * lose the sides of a wide view, where objects enter and leave. All pictures of a camera are
 * distorted in the same way. An orientation stored in the image is applied. The same bytes always
 * give the same pixels.
 *
 * <p>A decoder holds native buffers and belongs to one thread; {@link #close} frees them.
 */
public final class FrameDecoder implements AutoCloseable {
  /*
   * A JPEG is decoded at 1/2, 1/4 or 1/8 in each direction by computing fewer coefficients of each
   * block, which is what makes large pictures cheap; the reduced picture still has at least S
   * pixels a side, and the area average takes it the rest of the way. Other formats have no such
   * shortcut.
   *
   * The cost of a hostile image is bounded before it is decoded, by limits on its format, its
   * bytes, the pixels that its header declares, and the scans of a JPEG, each of which covers all
   * pixels. Time is linear in pixels times scans, and memory at most 8 bytes a pixel (a progressive
   * JPEG's coefficients). There is no timeout, because a native call cannot be interrupted.
   */

  private final FrameDecoderSettings settings;
  private final Mat shrunk = new Mat();
  private final Mat square;
  private final Size squareSize;
  private final BytePointer squarePixels; // (S, S, 3)
  private BytePointer encoded = new BytePointer(64 * 1024L);
  private boolean closed;

  public FrameDecoder(FrameDecoderSettings settings) {
    NativeImaging.load();
    this.settings = settings;
    this.square = new Mat(settings.frameSize(), settings.frameSize(), CV_8UC3);
    this.squareSize = new Size(settings.frameSize(), settings.frameSize());
    this.squarePixels = square.data();
  }

  /**
   * Decodes one record.
   *
   * @throws FrameRejectedException {@code EMPTY}, {@code OVERSIZED}, {@code UNSUPPORTED_FORMAT},
   *     {@code UNDECODABLE}, {@code TOO_SMALL} or {@code TOO_LARGE}; an image that is rejected for
   *     its size allocates nothing
   * @throws IllegalStateException if the decoder is closed
   */
  public Frame decode(EncodedFrame frame) throws FrameRejectedException {
    if (closed) {
      throw new IllegalStateException("the decoder is closed");
    }
    byte[] image = frame.image();
    ImageHeader header = acceptedHeader(image);
    copyToNative(image);
    try (Mat bytes = new Mat(1, image.length, CV_8UC1, encoded);
        Mat picture = imdecode(bytes, readMode(header))) {
      if (picture.empty()) {
        throw ImageBytes.undecodable(
            "damaged %s of %d x %d pixels"
                .formatted(header.format(), header.width(), header.height()));
      }
      toSquare(picture);
    } catch (RuntimeException e) {
      // The decoder's C++ exceptions arrive as these.
      throw ImageBytes.undecodable("damaged %s: %s".formatted(header.format(), e.getMessage()));
    }
    byte[] pixels = new byte[Frame.bytes(settings.frameSize())];
    squarePixels.get(pixels);
    return new Frame(
        frame.camera(), frame.captureTimeMillis(), settings.frameSize(), pixels, frame.label());
  }

  private ImageHeader acceptedHeader(byte[] image) throws FrameRejectedException {
    if (image.length == 0) {
      throw new FrameRejectedException(RejectionReason.EMPTY, "no image");
    }
    if (image.length > settings.maxBytes()) {
      throw new FrameRejectedException(
          RejectionReason.OVERSIZED,
          "%d bytes, at most %d are allowed".formatted(image.length, settings.maxBytes()));
    }
    ImageHeader header = ImageHeader.read(image, settings.formats());
    if (Math.min(header.width(), header.height()) < settings.minSide()) {
      throw new FrameRejectedException(
          RejectionReason.TOO_SMALL,
          "%d x %d pixels, at least %d a side are needed"
              .formatted(header.width(), header.height(), settings.minSide()));
    }
    if ((long) header.width() * header.height() > settings.maxPixels()) {
      throw new FrameRejectedException(
          RejectionReason.TOO_LARGE,
          "%d x %d pixels, at most %d in all are allowed"
              .formatted(header.width(), header.height(), settings.maxPixels()));
    }
    return header;
  }

  private int readMode(ImageHeader header) {
    if (header.format() != ImageFormat.JPEG) {
      return IMREAD_COLOR;
    }
    int reduction = Math.min(header.width(), header.height()) / settings.frameSize();
    if (reduction >= 8) {
      return IMREAD_REDUCED_COLOR_8;
    }
    if (reduction >= 4) {
      return IMREAD_REDUCED_COLOR_4;
    }
    return reduction >= 2 ? IMREAD_REDUCED_COLOR_2 : IMREAD_COLOR;
  }

  private void copyToNative(byte[] image) {
    if (encoded.capacity() < image.length) {
      encoded.close();
      encoded = new BytePointer(Math.min(settings.maxBytes(), 2L * image.length));
    }
    encoded.put(image);
  }

  /** Area average where the picture is larger than S, linear interpolation where it is smaller. */
  private void toSquare(Mat picture) {
    int size = settings.frameSize();
    int width = Math.min(size, picture.cols());
    int height = Math.min(size, picture.rows());
    if (width == size && height == size) {
      resize(picture, square, squareSize, 0, 0, INTER_AREA);
    } else {
      try (Size shrunkSize = new Size(width, height)) {
        resize(picture, shrunk, shrunkSize, 0, 0, INTER_AREA);
      }
      resize(shrunk, square, squareSize, 0, 0, INTER_LINEAR);
    }
    cvtColor(square, square, COLOR_BGR2RGB);
  }

  /** Frees the native buffers. Closing again does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      encoded.close();
      shrunk.close();
      square.close();
      squareSize.close();
    }
  }
}
