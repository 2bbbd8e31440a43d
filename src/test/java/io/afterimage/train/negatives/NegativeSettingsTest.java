package io.afterimage.train.negatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.train.negatives.NegativeSettings.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NegativeSettingsTest {
  @Test
  void parseList_names_keepsTheirOrder() {
    assertThat(Reason.parseList("same-object, camera"))
        .containsExactly(Reason.SAME_OBJECT, Reason.CAMERA);
  }

  @Test
  void parseList_none_isEmpty() {
    assertThat(Reason.parseList("none")).isEmpty();
  }

  @Test
  void isList_unknownEmptyOrRepeatedNames_isFalse() {
    assertThat(List.of("lens", "", "camera,", "camera,camera", "none,camera"))
        .noneMatch(Reason::isList);
  }

  @Test
  void constructor_shareAboveOne_namesOptionAndValue() {
    assertThatThrownBy(() -> new NegativeSettings(List.of(), 1.5, Duration.ofMinutes(1), 200, 1, 2))
        .hasMessage("sameCameraShare must be in [0, 1], but was 1.5");
  }
}
