package io.afterimage.page;

import io.afterimage.train.StepReport;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A value of each step that the page plots over time. */
enum Curve {
  LOSS(StepReport::loss),
  PRIOR(report -> report.prior().value()),
  PRIOR_LOWER(report -> report.prior().lower()),
  PRIOR_UPPER(report -> report.prior().upper()),
  PRIOR_IDENTIFIED(report -> report.prior().identified() ? 1 : 0),
  CLAMPED_FRACTION(StepReport::clampedFraction),
  POSITIVE_SIMILARITY(StepReport::positiveSimilarity),
  NEGATIVE_SIMILARITY(StepReport::negativeSimilarity),
  EMBEDDING_SPREAD(StepReport::embeddingSpread),
  GRADIENT_NORM(StepReport::gradientNorm);

  private final ToDoubleFunction<StepReport> value;

  Curve(ToDoubleFunction<StepReport> value) {
    this.value = value;
  }

  double of(StepReport report) {
    return value.applyAsDouble(report);
  }

  /** Its name in JSON. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
