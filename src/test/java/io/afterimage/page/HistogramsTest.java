package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramsTest {
  private final Histograms histograms = new Histograms(2);

  @Test
  void add_moreThanAreSummed_letsTheOldestGo() {
    histograms.add(new int[] {1, 0});
    histograms.add(new int[] {10, 2});
    histograms.add(new int[] {100, 4});
    assertThat(histograms.sum()).containsExactly(110, 6);
    assertThat(histograms.size()).isEqualTo(2);
  }

  @Test
  void add_otherBins_beginsAnew() {
    histograms.add(new int[] {1, 2});
    histograms.add(new int[] {3, 4, 5});
    assertThat(histograms.sum()).containsExactly(3, 4, 5);
    assertThat(histograms.size()).isEqualTo(1);
  }

  @Test
  void sum_isTheCallersOwn() {
    histograms.add(new int[] {1});
    histograms.sum()[0] = 9;
    assertThat(histograms.sum()).containsExactly(1);
    histograms.clear();
    assertThat(histograms.sum()).isEmpty();
  }
}
