package io.afterimage.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.train.encoder.Normalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepPipelineTest {
  private final LearnerSettings settings = LearnerFixtures.settings(Normalization.WEIGHT);

  @Test
  void submit_sameBatches_givesTheReportsAndWeightsOfStepsOneByOne() throws Exception {
    try (Learner alone = new Learner(settings);
        Learner piped = new Learner(settings);
        StepPipeline pipeline = new StepPipeline(piped)) {
      List<Double> expected = new ArrayList<>();
      List<Double> actual = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        MiniBatch batch = LearnerFixtures.batch(settings, i);
        expected.add(alone.step(batch).loss());
        pipeline.submit(batch).forEach(report -> actual.add(report.loss()));
      }
      pipeline.drain().forEach(report -> actual.add(report.loss()));
      assertThat(actual).isEqualTo(expected);
      Map<String, float[]> weights = piped.snapshot().parameters();
      alone
          .snapshot()
          .parameters()
          .forEach((name, values) -> assertThat(weights.get(name)).containsExactly(values));
    }
  }

  @Test
  void submit_batchOfAnotherShape_isRefusedAndTheNextIsLearnedFrom() throws Exception {
    try (Learner learner = new Learner(settings);
        StepPipeline pipeline = new StepPipeline(learner)) {
      MiniBatch batch = LearnerFixtures.batch(settings, 1);
      MiniBatch tooFew = new MiniBatch(batch.groups().subList(0, 1), 1, 0, 0, Double.NaN, 0);
      assertThatThrownBy(() -> pipeline.submit(tooFew))
          .isInstanceOf(IllegalArgumentException.class);
      pipeline.submit(batch);
      assertThat(pipeline.drain()).extracting(StepReport::step).containsExactly(1L);
    }
  }

  @Test
  void drain_nothingSubmitted_returnsNothing() throws Exception {
    try (Learner learner = new Learner(settings);
        StepPipeline pipeline = new StepPipeline(learner)) {
      assertThat(pipeline.drain()).isEmpty();
    }
  }

  @Test
  void close_interrupted_waitsForTheStepAndStaysInterrupted() throws Exception {
    try (Learner learner = new Learner(settings)) {
      StepPipeline pipeline = new StepPipeline(learner);
      pipeline.submit(LearnerFixtures.batch(settings, 1));
      Thread.currentThread().interrupt();
      pipeline.close();
      assertThat(Thread.interrupted()).isTrue();
      long after = learner.steps();
      Thread.sleep(200);
      assertThat(learner.steps()).isEqualTo(after);
    }
  }
}
