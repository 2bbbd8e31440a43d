package io.afterimage.stream.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetricTest {
  @ParameterizedTest
  @CsvSource({"frames_rejected, reason", "frames_by_reason, reason", "frames_lens_total, le"})
  void new_labelThatIsNoWordBeforeTheLast_isRefused(String name, String label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Metric(name, label, "Frames."))
        .withMessage(
            "%s must contain its label as a word before the last one, but that is %s", name, label);
  }

  @ParameterizedTest
  @MethodSource("io.afterimage.stream.metric.MetricTable#names")
  void name_repeatsNoWord(String name) {
    String[] words = name.substring(MetricTable.PREFIX.length()).split("_");
    assertThat(Arrays.asList(words)).doesNotHaveDuplicates();
  }

  @Test
  void names_areDistinct() {
    assertThat(MetricTable.names()).doesNotHaveDuplicates();
  }
}
