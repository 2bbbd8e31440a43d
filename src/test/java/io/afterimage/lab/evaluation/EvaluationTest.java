package io.afterimage.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  @TempDir Path directory;

  @Test
  void run_twice_goesOnWhereItEndedAndReports() throws Exception {
    List<String> told = new ArrayList<>();
    Conclusion first = new Evaluation(plan(List.of("biased", "camera"), 2), told::add).run();
    assertThat(told).hasSize(2);
    assertThat(first.passed()).isFalse();
    assertThat(first.sentence()).startsWith("No stream has outcomes of all");
    Conclusion second =
        new Evaluation(plan(List.of("biased", "camera", "oracle"), 2), told::add).run();
    assertThat(told).hasSize(3);
    assertThat(second.sentence()).startsWith("Linear probe over 1 runs each: default (camera) 0.");
    assertThat(Files.readString(directory.resolve("report.md")))
        .contains("## balanced-2", "| camera | 1 | 0.", "![linear probe by step](balanced-2.svg)");
    assertThat(Files.readString(directory.resolve("balanced-2.svg"))).contains("<svg", "oracle");
  }

  @Test
  void run_otherScaleInTheSameReport_isRefused() throws Exception {
    new Evaluation(plan(List.of("untrained"), 2), line -> {}).run();
    assertThatThrownBy(() -> new Evaluation(plan(List.of("untrained"), 3), line -> {}).run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("belongs to an evaluation with other settings");
  }

  @Test
  void of_unknownNames_listsThoseThatThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(List.of("best"), 2))
        .withMessageContaining("but one was best")
        .withMessageContaining("camera-oracle");
  }

  private EvaluationPlan plan(List<String> methods, int steps) throws IOException {
    return EvaluationPlan.of(
        null,
        true,
        List.of("balanced-2"),
        methods,
        new ScaleChange(steps, null, null, null),
        "1",
        1,
        Duration.ofMinutes(5),
        directory);
  }
}
