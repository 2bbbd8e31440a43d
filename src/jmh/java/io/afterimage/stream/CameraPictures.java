package io.afterimage.stream;

import io.afterimage.frame.JpegEncoder;
import io.afterimage.lab.simulation.SimulatedCamera;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.lab.simulation.SimulationSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The pictures that benchmarks of the job publish again and again, as 8 cameras took them. */
final class CameraPictures {
  static final int CAMERAS = 8;
  static final int FRAME_MILLIS = 100;

  private static final int PICTURES_PER_CAMERA = 40;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  private final List<byte[][]> pictures = new ArrayList<>();

  CameraPictures() {
    SimulationSettings settings =
        new SimulationSettings(1, CAMERAS, WIDTH, HEIGHT, 10, 5, new double[] {0.5, 0.5}, 0);
    try (JpegEncoder encoder = new JpegEncoder(90)) {
      for (SimulatedCamera camera : Simulation.procedural(settings).cameras()) {
        byte[][] taken = new byte[PICTURES_PER_CAMERA][];
        for (int i = 0; i < PICTURES_PER_CAMERA; i++) {
          taken[i] = encoder.encode(camera.render((long) i * FRAME_MILLIS), WIDTH, HEIGHT);
        }
        pictures.add(taken);
      }
    }
  }

  /** The JPEG of a frame; the cameras take turns. */
  byte[] picture(int frame) {
    return pictures.get(frame % CAMERAS)[frame / CAMERAS % PICTURES_PER_CAMERA];
  }

  /** The key of a frame's record. */
  static byte[] key(int frame) {
    return ("camera-" + frame % CAMERAS).getBytes(StandardCharsets.US_ASCII);
  }

  /** When a frame is taken, after the first of its camera (milliseconds). */
  static long time(int frame) {
    return (long) (frame / CAMERAS) * FRAME_MILLIS;
  }
}
