package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementsTest {
  private final Agreements agreements = new Agreements();

  @Test
  void add_moreThanAreKept_thinsOutButKeepsTheFirstAndTheNewest() {
    for (int step = 1; step <= 257; step++) {
      agreements.add(at(step));
    }
    List<Long> steps = steps();
    assertThat(steps).hasSize(129).startsWith(1L, 3L, 5L).endsWith(255L, 257L);
  }

  @Test
  void add_earlierStep_forgetsWhatCameAfterIt() {
    agreements.add(at(100));
    agreements.add(at(200));
    agreements.add(at(300));
    agreements.add(at(200));
    assertThat(steps()).containsExactly(100L, 200L);
  }

  private List<Long> steps() {
    return agreements.all().stream().map(Agreement::step).toList();
  }

  private static Agreement at(long step) {
    return new Agreement(step, 60, 0.5, 0.3, 0.5, 0.3);
  }
}
