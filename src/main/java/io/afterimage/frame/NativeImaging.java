package io.afterimage.frame;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** OpenCV, loaded once per process. */
final class NativeImaging {
  static {
    Loader.load(opencv_imgcodecs.class);
    Loader.load(opencv_imgproc.class);
    // Pictures are decoded side by side by their callers; threads inside one would only get in the
    // way.
    opencv_core.setNumThreads(1);
  }

  private NativeImaging() {}

  /** Loads on the first call. */
  static void load() {}
}
