package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedBytesTest {
  private final BoundedBytes<String> bytes = new BoundedBytes<>(10);

  @Test
  void put_whatDoesNotFit_pushesOutWhatWasUsedLeastLately() {
    bytes.put("a", new byte[4]);
    bytes.put("b", new byte[4]);
    assertThat(bytes.get("a")).hasSize(4);
    bytes.put("c", new byte[4]);
    assertThat(bytes.get("b")).isNull();
    assertThat(bytes.get("a")).hasSize(4);
    assertThat(bytes.get("c")).hasSize(4);
    assertThat(bytes.bytes()).isEqualTo(8);
  }

  @Test
  void put_sameKey_countsOnlyTheNewArray() {
    bytes.put("a", new byte[6]);
    bytes.put("a", new byte[7]);
    assertThat(bytes.bytes()).isEqualTo(7);
    assertThat(bytes.get("a")).hasSize(7);
  }

  @Test
  void put_arrayAboveTheCapacity_isNotKeptAndPushesNothingOut() {
    bytes.put("a", new byte[10]);
    bytes.put("b", new byte[11]);
    assertThat(bytes.get("a")).hasSize(10);
    assertThat(bytes.get("b")).isNull();
    bytes.put("a", new byte[11]);
    assertThat(bytes.get("a")).isNull();
    assertThat(bytes.bytes()).isZero();
  }
}
