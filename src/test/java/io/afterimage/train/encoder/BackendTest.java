package io.afterimage.train.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendTest {
  @ParameterizedTest
  @CsvSource({"3, 7", "6, 1", "7, 5", "8, 0", "8, 6", "8, 9"})
  void obstacle_capabilityWithCode_isNone(int major, int minor) {
    assertThat(Backend.obstacle(List.of(device(major, minor)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"3, 5", "9, 0", "10, 0", "12, 0"})
  void obstacle_capabilityWithoutCode_namesItAndWhatToDo(int major, int minor) {
    assertThat(Backend.obstacle(List.of(device(major, minor))))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .contains("GPU X has compute capability " + major + "." + minor)
                    .contains("without -Pcuda")
                    .doesNotContain("\n"));
  }

  @Test
  void obstacle_noDevice_saysWhatToCheck() {
    assertThat(Backend.obstacle(List.of()))
        .hasValueSatisfying(line -> assertThat(line).contains("found no GPU", "nvidia-smi"));
  }

  @Test
  void require_onTheCpu_passes() {
    assertThatCode(Backend::require).doesNotThrowAnyException();
  }

  private static ComputeDevice device(int major, int minor) {
    return new ComputeDevice("GPU X", major, minor, 8L << 30);
  }
}
