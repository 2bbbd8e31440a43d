package io.afterimage.train.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  @Test
  void obstacle_flagsWithAvx2_isNone() {
    assertThat(Processor.obstacle(List.of("processor\t: 0", "flags\t\t: fpu avx avx2 fma")))
        .isEmpty();
  }

  @Test
  void obstacle_avx2AsTheLastFlag_isNone() {
    assertThat(Processor.obstacle(List.of("flags\t\t: fpu avx avx2"))).isEmpty();
  }

  @Test
  void obstacle_flagsWithoutAvx2_namesItAndWhatToDo() {
    assertThat(Processor.obstacle(List.of("flags\t\t: fpu avx avx512_avx2x fma")))
        .hasValueSatisfying(
            line -> assertThat(line).contains("no AVX2", "-Dnd4j.extension=-onednn"));
  }

  @Test
  void obstacle_noFlags_isNone() {
    assertThat(Processor.obstacle(List.of("Features\t: fp asimd"))).isEmpty();
  }
}
