package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NumberedNamesTest {
  @Test
  void compare_ordersByNumber() {
    List<String> ordered =
        List.of(
            "",
            "1",
            "2",
            "10",
            "a",
            "camera",
            "camera-1",
            "camera-2",
            "camera-10",
            "camera-10-a",
            "gate");
    List<String> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(3));
    shuffled.sort(new NumberedNames());
    assertThat(shuffled).isEqualTo(ordered);
  }

  @Test
  void compare_differentNames_isNeverZero() {
    TreeSet<String> names = new TreeSet<>(new NumberedNames());
    names.addAll(
        List.of(
            "a1", "a01", "a001", "a1b", "a01b", "99999999999999999999", "099999999999999999999"));
    assertThat(names).hasSize(7);
  }
}
