package io.afterimage.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitRowsTest {
  @Test
  void of_rows_haveLengthOne() {
    float[] unit = new float[4];
    UnitRows.of(new float[] {3, 4, 0, -2}, 2, unit);
    assertThat(unit).containsExactly(0.6f, 0.8f, 0, -1);
  }

  /** As the loss has it: a projection of length 0 has no direction, and poisons no estimate. */
  @Test
  void of_rowOfZeros_staysZero() {
    float[] unit = {7, 7};
    UnitRows.of(new float[2], 2, unit);
    assertThat(unit).containsExactly(0, 0);
  }
}
