package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrainingCurvesTest {
  @Test
  void add_moreStepsThanPoints_mergesNeighbours() {
    TrainingCurves curves = new TrainingCurves(4);
    for (int step = 1; step <= 5; step++) {
      curves.add(WatchedRun.report(step), 1000L * step);
    }
    assertThat(curves.size()).isEqualTo(3);
    assertThat(curves.revision()).isEqualTo(1);
    assertThat((long[]) curves.columns(0).get("step")).containsExactly(2, 4, 5);
    assertThat((long[]) curves.columns(0).get("millis")).containsExactly(2000, 4000, 5000);
    assertThat((double[]) curves.columns(0).get("loss"))
        .containsExactly(new double[] {3.985, 3.965, 3.95}, within(1e-12));
    assertThat((long[]) curves.columns(2).get("step")).containsExactly(5);
  }

  @Test
  void add_longRun_staysWithinItsPointsAndCoversAllOfIt() {
    TrainingCurves curves = new TrainingCurves(8);
    for (int step = 1; step <= 1000; step++) {
      curves.add(WatchedRun.report(step), step);
    }
    long[] steps = (long[]) curves.columns(0).get("step");
    assertThat(steps).hasSizeLessThanOrEqualTo(8).startsWith(128, 256).endsWith(1000);
  }

  @Test
  void clear_forgetsAllAndChangesTheRevision() {
    TrainingCurves curves = new TrainingCurves(2);
    curves.add(WatchedRun.report(1), 1);
    curves.clear();
    assertThat(curves.size()).isZero();
    assertThat(curves.revision()).isEqualTo(1);
  }

  @Test
  void capacity_odd_isRefused() {
    assertThatThrownBy(() -> new TrainingCurves(3))
        .hasMessage("capacity must be even and >= 2, but was 3");
  }
}
