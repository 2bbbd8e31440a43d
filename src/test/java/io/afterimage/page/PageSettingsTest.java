package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PageSettingsTest {
  @Test
  void toString_propertiesWithALogin_showsNone() {
    PageSettings settings =
        new PageSettings(
            "a run",
            "localhost:9092",
            Map.of("sasl.jaas.config", "password=Sup3r"),
            new PageSettings.Topics("frames", "frames.rejected", "training", "embeddings"),
            null,
            "localhost",
            0);
    assertThat(settings.toString()).contains("localhost:9092").doesNotContain("Sup3r");
  }
}
