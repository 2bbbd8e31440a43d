package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurveTest {
  @Test
  void of_report_isTheNumberOfItsName() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Curve curve : Curve.values()) {
      values.put(curve.label(), curve.of(WatchedRun.report(60)));
    }
    assertThat(values)
        .containsExactly(
            Map.entry("loss", 3.4),
            Map.entry("prior", 0.12),
            Map.entry("prior_lower", 0.1),
            Map.entry("prior_upper", 0.14),
            Map.entry("prior_identified", 1.0),
            Map.entry("clamped_fraction", 0.02),
            Map.entry("positive_similarity", 0.85),
            Map.entry("negative_similarity", 0.2),
            Map.entry("embedding_spread", 0.6),
            Map.entry("gradient_norm", 1.5));
    assertThat(Curve.PRIOR_IDENTIFIED.of(WatchedRun.report(59))).isZero();
  }
}
