package io.afterimage.frame;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Writes native pictures as JPEG; {@link #close} frees its native buffer. */
final class JpegWriter implements AutoCloseable {
  private final IntPointer parameters;

  /**
   * @param quality libjpeg's quality, 1 (worst) to 100
   */
  JpegWriter(int quality) {
    NativeImaging.load();
    this.parameters = new IntPointer(IMWRITE_JPEG_QUALITY, quality);
  }

  /**
   * @param picture blue-green-red
   * @return the JPEG, from SOI to EOI
   */
  byte[] write(Mat picture) {
    try (BytePointer jpeg = new BytePointer()) {
      if (!imencode(".jpg", picture, jpeg, parameters)) {
        throw new IllegalStateException("no JPEG encoder in the native library");
      }
      byte[] bytes = new byte[Math.toIntExact(jpeg.limit())];
      jpeg.get(bytes);
      return bytes;
    }
  }

  @Override
  public void close() {
    parameters.close();
  }
}
