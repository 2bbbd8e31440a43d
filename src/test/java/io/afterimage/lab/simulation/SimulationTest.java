package io.afterimage.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final int CLASSES = 6;
  private static final long FRAME_MILLIS = 200;

  private final Simulation simulation =
      Simulation.procedural(SimulationSettings.balanced(7, 4, CLASSES));

  @Test
  void render_sameSeedAnyOrder_givesSameFrames() {
    SimulatedCamera forward = simulation.cameras().get(2);
    SimulatedCamera backward =
        Simulation.procedural(SimulationSettings.balanced(7, 4, CLASSES)).cameras().get(2);
    byte[][] frames = new byte[100][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = forward.render(i * FRAME_MILLIS);
    }
    for (int i = frames.length - 1; i >= 0; i--) {
      assertThat(backward.render(i * FRAME_MILLIS)).isEqualTo(frames[i]);
    }
  }

  @Test
  void render_otherSeedCameraOrTime_givesOtherFrames() {
    Simulation other = Simulation.procedural(SimulationSettings.balanced(8, 4, CLASSES));
    byte[] frame = simulation.cameras().get(0).render(5000);
    assertThat(frame)
        .isNotEqualTo(other.cameras().get(0).render(5000))
        .isNotEqualTo(simulation.cameras().get(1).render(5000))
        .isNotEqualTo(simulation.cameras().get(0).render(5001));
  }

  @Test
  void render_withinAVisit_movesButLessThanBetweenVisits() {
    SimulatedCamera camera = simulation.cameras().get(0);
    double near = 0;
    double far = 0;
    int pairs = 100;
    for (int visit = 0; visit < pairs; visit++) {
      byte[] frame = camera.render(camera.timeWithin(visit, 0.4));
      near += difference(frame, camera.render(camera.timeWithin(visit, 0.4) + 400)) / pairs;
      far += difference(frame, camera.render(camera.timeWithin(visit + 1, 0.4))) / pairs;
    }
    double noise = difference(camera.render(2000), camera.render(2001));
    assertThat(near).isGreaterThan(1.5 * noise).isLessThan(0.7 * far);
  }

  @Test
  void truth_manyVisits_isBalancedAndConstantWithinAVisit() {
    int[] counts = new int[CLASSES];
    int visits = 6000;
    SimulatedCamera camera = simulation.cameras().get(1);
    for (int visit = 0; visit < visits; visit++) {
      SceneTruth early = camera.truth(camera.timeWithin(visit, 0.1));
      SceneTruth late = camera.truth(camera.timeWithin(visit, 0.9));
      assertThat(early.visit()).isEqualTo(visit);
      assertThat(late.visit()).isEqualTo(visit);
      assertThat(late.objectClass()).isEqualTo(early.objectClass());
      assertThat(late.progress()).isCloseTo(0.9, within(0.01));
      counts[early.objectClass()]++;
    }
    double expected = (double) visits / CLASSES;
    double chiSquared =
        Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected)).sum();
    // The 99.9 % quantile of chi-squared with 5 degrees of freedom.
    assertThat(chiSquared / expected).isLessThan(20.5);
  }

  @Test
  void truePrior_balanced_isOneByClasses() {
    assertThat(simulation.truePrior()).isCloseTo(1.0 / CLASSES, within(1e-12));
  }

  @Test
  void truePrior_skewed_isTheSharesSumOfSquares() {
    double[] priors = {0.9, 0.1};
    Simulation skewed =
        Simulation.procedural(new SimulationSettings(1, 3, 32, 32, 5, 4, priors, 0));
    assertThat(skewed.truePrior()).isCloseTo(0.82, within(1e-12));
  }

  @Test
  void classMix_cameraSkew_isEachCamerasOwn() {
    double[] priors = {0.5, 0.5};
    Simulation skewed =
        Simulation.procedural(new SimulationSettings(1, 3, 32, 32, 5, 4, priors, 1));
    List<SimulatedCamera> cameras = skewed.cameras();
    assertThat(cameras.get(0).classMix()).isNotEqualTo(cameras.get(1).classMix());
    assertThat(Arrays.stream(cameras.get(2).classMix()).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void heldOut_sets_shareNoSceneAndAreBalanced() {
    Set<Integer> seen = new HashSet<>();
    int[] counts = new int[CLASSES];
    for (int set = 0; set < 2; set++) {
      for (LabelledScene scene : simulation.heldOut(60, set)) {
        seen.add(Arrays.hashCode(scene.pixels()));
        counts[scene.objectClass()]++;
      }
    }
    assertThat(seen).hasSize(120);
    assertThat(counts).containsOnly(20);
    assertThat(simulation.heldOut(6, 1).get(3).pixels())
        .isEqualTo(simulation.heldOut(60, 1).get(3).pixels());
  }

  @Test
  void constructor_moreClassesThanArt_namesBoth() {
    ObjectArt art = new ProceduralArt(2);
    assertThatThrownBy(() -> new Simulation(SimulationSettings.balanced(1, 1, 3), art, art))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<= 2")
        .hasMessageContaining("3");
  }

  @Test
  void settings_outOfRange_nameTheValue() {
    assertThatThrownBy(() -> SimulationSettings.balanced(1, 0, 3)).hasMessageContaining("cameras");
    assertThatThrownBy(() -> new SimulationSettings(1, 1, 96, 96, 5, 4, new double[] {0.5, 0.6}, 0))
        .hasMessageContaining("classPriors");
    assertThatThrownBy(() -> new ProceduralArt(ProceduralArt.MAX_CLASSES + 1))
        .hasMessageContaining(Integer.toString(ProceduralArt.MAX_CLASSES));
  }

  @Test
  void proceduralArt_everyClass_coversPartOfItsCircle() {
    ObjectArt art = new ProceduralArt(ProceduralArt.MAX_CLASSES);
    float[] rgb = new float[3];
    for (int objectClass = 0; objectClass < art.classes(); objectClass++) {
      for (int object = 0; object < 20; object++) {
        DrawnObject drawn = art.draw(objectClass, object);
        double covered = 0;
        int points = 0;
        for (float v = -1; v < 1; v += 0.05f) {
          for (float u = -1; u < 1; u += 0.05f, points++) {
            covered += drawn.sample(u, v, object, 0.05f, rgb);
          }
        }
        assertThat(covered / points).as("class %d", objectClass).isBetween(0.08, 0.8);
      }
    }
  }

  private static double difference(byte[] a, byte[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 255) - (b[i] & 255));
    }
    return sum / a.length / 255;
  }
}
