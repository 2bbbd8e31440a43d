package io.afterimage.stream;

import io.afterimage.frame.JpegEncoder;
import io.afterimage.lab.simulation.SimulatedCamera;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.lab.simulation.SimulationSettings;
import io.afterimage.stream.TestTopics.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Frames of simulated cameras as records. */
final class TestFrames {
  private TestFrames() {}

  /** In the order of their times, some of them swapped within the disorder. */
  static List<Message> ofCameras(int count, int framesPerCamera) {
    SimulationSettings settings =
        new SimulationSettings(5, count, 48, 48, 5, 4, new double[] {0.5, 0.5}, 0);
    List<SimulatedCamera> cameras = Simulation.procedural(settings).cameras();
    long start = System.currentTimeMillis() - Duration.ofHours(2).toMillis();
    List<Message> messages = new ArrayList<>();
    try (JpegEncoder encoder = new JpegEncoder(90)) {
      for (int frame = 0; frame < framesPerCamera; frame++) {
        for (int c = 0; c < count; c++) {
          long time = frame * 200L + c * 37L;
          byte[] jpeg = encoder.encode(cameras.get(c).render(time), 48, 48);
          byte[] id = cameras.get(c).id().getBytes(StandardCharsets.UTF_8);
          messages.add(new Message(id, jpeg, start + time));
        }
      }
    }
    for (int i = 0; i + count < messages.size(); i += 7) {
      Message later = messages.get(i + count);
      messages.set(i + count, messages.get(i));
      messages.set(i, later);
    }
    return messages;
  }
}
