package io.afterimage.lab.evaluation;

import io.afterimage.frame.Frame;
import io.afterimage.lab.simulation.SceneTruth;
import io.afterimage.lab.simulation.SimulatedCamera;
import io.afterimage.lab.simulation.Simulation;
import io.afterimage.lab.simulation.SimulationSettings;
import io.afterimage.pairing.CameraState;
import io.afterimage.pairing.PairingSettings;
import io.afterimage.pairing.PositiveGroup;
import io.afterimage.pairing.TemporalPairing;
import io.afterimage.random.SplitMix64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The positive groups of one stream in the order of their completion, with the truth about each.
 */
final class LabelledStream {
  private static final double FRAMES_PER_SECOND = 5;
  private static final double VISIT_SECONDS = 8;

  private final List<PositiveGroup> groups;
  private final Map<PositiveGroup, Truth> truths;
  private final Simulation simulation;

  /**
   * The truth about a group.
   *
   * @param objectClass the class of the object in view at the last view
   * @param object the object, one number for each visit to each camera
   */
  record Truth(int objectClass, long object) {}

  private LabelledStream(
      Simulation simulation, List<PositiveGroup> groups, Map<PositiveGroup, Truth> truths) {
    this.simulation = simulation;
    this.groups = List.copyOf(groups);
    this.truths = truths;
  }

  /**
   * Runs the cameras until there are enough groups.
   *
   * @param size height and width of a frame (pixels)
   * @param count number of groups
   * @param labels approximate number of groups, drawn at random, that carry their class as a label
   */
  static LabelledStream play(
      StreamKind kind,
      ObjectSet objects,
      PairingSettings pairing,
      int size,
      int count,
      int labels,
      long seed) {
    double labelled = 1 - Math.pow(1 - (double) labels / count, 1.0 / pairing.views());
    SplitMix64 random = new SplitMix64(SplitMix64.mix(~seed));
    double groupsPerSecond = kind.cameras() * 1000.0 / pairing.maxGap().toMillis();
    long middleMillis = Math.round(count / groupsPerSecond / 2 * 1000);
    Simulation simulation =
        new Simulation(
            settings(kind, size, seed),
            kind.schedule(middleMillis),
            objects.training(),
            objects.training());
    TemporalPairing temporal = new TemporalPairing(pairing, event -> {});
    List<CameraState> states = new ArrayList<>();
    for (SimulatedCamera camera : simulation.cameras()) {
      states.add(new CameraState(camera.id()));
    }
    List<PositiveGroup> groups = new ArrayList<>(count);
    Map<PositiveGroup, Truth> truths = new IdentityHashMap<>();
    for (long frame = 0; groups.size() < count; frame++) {
      long time = Math.round(frame * 1000 / FRAMES_PER_SECOND);
      for (int i = 0; i < states.size() && groups.size() < count; i++) {
        SimulatedCamera camera = simulation.cameras().get(i);
        String label =
            random.nextDouble() < labelled ? "class " + camera.truth(time).objectClass() : null;
        Frame picture = new Frame(camera.id(), time, size, camera.render(time), label);
        for (PositiveGroup group : temporal.accept(states.get(i), picture)) {
          SceneTruth truth = camera.truth(group.lastCaptureTimeMillis());
          groups.add(group);
          truths.put(group, new Truth(truth.objectClass(), truth.visit() * states.size() + i));
        }
      }
    }
    return new LabelledStream(simulation, groups, truths);
  }

  static SimulationSettings settings(StreamKind kind, int size, long seed) {
    return new SimulationSettings(
        seed,
        kind.cameras(),
        size,
        size,
        FRAMES_PER_SECOND,
        VISIT_SECONDS,
        kind.priors(),
        kind.cameraSkew(),
        kind.wander(),
        kind.backgroundLight());
  }

  /** The groups in the order of the stream. */
  List<PositiveGroup> groups() {
    return Collections.unmodifiableList(groups);
  }

  /** The probability that two objects arriving at the time of a group are of one class. */
  double classPrior(PositiveGroup group) {
    return simulation.truePrior(group.lastCaptureTimeMillis());
  }

  /** The truth about a group of this stream, looked up by identity. */
  Truth truth(PositiveGroup group) {
    Truth truth = truths.get(group);
    if (truth == null) {
      throw new IllegalArgumentException("the group does not belong to this stream");
    }
    return truth;
  }
}
