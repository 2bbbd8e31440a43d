package io.afterimage.lab.evaluation;

import io.afterimage.frame.Frame;
import io.afterimage.lab.simulation.ClassSchedule;
import io.afterimage.lab.simulation.ObjectArt;
import io.afterimage.lab.simulation.SceneTruth;
import io.afterimage.lab.simulation.SimulatedCamera;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.lab.simulation.SimulationSettings;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.random.SplitMix64;

/**
 * Labeled scenes to evaluate an encoder: unseen objects of balanced classes, on the stream's own
 * cameras at other times. Probes are trained on objects of the training set and evaluated on
 * held-out ones.
 */
final class ProbeScenes {
  private static final int NEIGHBOURS = 10;
  private static final double LEAST_PROGRESS = 0.2;

  /** Start times of the two sets of scenes, later than the end of any stream (milliseconds). */
  private static final long TRAINING_START = 1L << 36;

  private static final long TEST_START = 1L << 37;
  private static final long SPAN_MILLIS = 1L << 35;

  private final Scenes training;
  private final Scenes test;

  private record Scenes(byte[] pixels, int[] labels) {
    /** Scenes at random moments, one camera after the other, with the object well in view. */
    static Scenes draw(SimulationSettings settings, ObjectArt art, int count, long startMillis) {
      Simulation simulation =
          new Simulation(
              settings, ClassSchedule.constant(StreamKind.equal(settings.classes())), art, art);
      SplitMix64 random = new SplitMix64(SplitMix64.mix(settings.seed() + startMillis));
      int bytes = Frame.bytes(settings.width());
      byte[] pixels = new byte[count * bytes];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        SimulatedCamera camera = simulation.cameras().get(i % settings.cameras());
        long time;
        SceneTruth truth;
        do {
          time = startMillis + random.nextLong(SPAN_MILLIS);
          truth = camera.truth(time);
        } while (truth.progress() < LEAST_PROGRESS || truth.progress() > 1 - LEAST_PROGRESS);
        System.arraycopy(camera.render(time), 0, pixels, i * bytes, bytes);
        labels[i] = truth.objectClass();
      }
      return new Scenes(pixels, labels);
    }

    LabelledEmbeddings embedded(SnapshotEncoder encoder) {
      return new LabelledEmbeddings(encoder.embed(pixels, labels.length), labels);
    }
  }

  ProbeScenes(SimulationSettings settings, ObjectSet objects, Scale scale) {
    SimulationSettings balanced =
        new SimulationSettings(
            settings.seed(),
            settings.cameras(),
            settings.width(),
            settings.height(),
            settings.framesPerSecond(),
            settings.visitSeconds(),
            StreamKind.equal(settings.classes()),
            0,
            settings.wander(),
            settings.backgroundLight());
    training = Scenes.draw(balanced, objects.training(), scale.probeTraining(), TRAINING_START);
    test = Scenes.draw(balanced, objects.heldOut(), scale.probeTest(), TEST_START);
  }

  /** Balanced accuracies on held-out objects. */
  record Accuracy(double linear, double neighbours) {}

  Accuracy judge(SnapshotEncoder encoder) {
    LabelledEmbeddings known = training.embedded(encoder);
    LabelledEmbeddings unknown = test.embedded(encoder);
    return new Accuracy(
        LinearProbe.accuracy(known, unknown),
        NearestNeighbourProbe.accuracy(known, unknown, NEIGHBOURS));
  }
}
