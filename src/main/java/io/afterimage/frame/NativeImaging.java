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
    // Callers decode pictures in parallel; threads within one picture would only compete with them.
    opencv_core.setNumThreads(1);
  }

  private NativeImaging() {}

  /** Loads on the first call. */
  static void load() {}
}
