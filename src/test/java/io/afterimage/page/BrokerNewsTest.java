package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerNewsTest {
  private final StringWriter said = new StringWriter();
  private long now = -7;
  private final BrokerNews news = new BrokerNews("gate:9092", new PrintWriter(said), () -> now);

  @Test
  void silent_bySeveralReaders_isSaidOnce() {
    news.silent();
    news.silent();
    assertThat(said.toString().lines())
        .containsExactly("No broker answers at gate:9092, trying again");
  }

  @Test
  void answered_afterSilence_isSaidOnce() {
    news.silent();
    news.answered();
    news.answered();
    assertThat(said.toString().lines())
        .hasSize(2)
        .last()
        .isEqualTo("A broker answers at gate:9092");
  }

  @Test
  void answered_fromTheStart_isNoNews() {
    news.answered();
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void silent_whileOthersAreRead_isNoNews() {
    news.answered();
    now += Duration.ofSeconds(4).toNanos();
    news.silent();
    assertThat(said.toString()).isEmpty();
    now += Duration.ofSeconds(1).toNanos();
    news.silent();
    assertThat(said.toString()).contains("No broker answers");
  }
}
