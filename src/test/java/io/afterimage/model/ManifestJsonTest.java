package io.afterimage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.train.encoder.Normalization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestJsonTest {
  private static final SnapshotManifest MANIFEST =
      new SnapshotManifest(
          "step-000000000003",
          3,
          Instant.parse("2026-01-31T12:00:00Z"),
          Encoders.small(Normalization.WEIGHT),
          Map.of("loss", 4.25),
          "encoder.afim",
          123,
          "ab".repeat(32));

  @Test
  void read_whatWriteMade_isTheSame() throws IOException {
    assertThat(ManifestJson.read(ManifestJson.write(MANIFEST))).isEqualTo(MANIFEST);
  }

  /** As format 1 has always been written. */
  @Test
  void write_isTheStoredForm() throws IOException {
    String stored;
    try (InputStream in = ManifestJsonTest.class.getResourceAsStream("/model/manifest-v1.json")) {
      stored = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
    assertThat(new String(ManifestJson.write(MANIFEST), StandardCharsets.UTF_8)).isEqualTo(stored);
    assertThat(ManifestJson.read(stored.getBytes(StandardCharsets.UTF_8))).isEqualTo(MANIFEST);
  }

  @Test
  void read_memberOfALaterRelease_isPassedOver() throws IOException {
    assertThat(read("\"step\" : 3", "\"step\" : 3, \"author\" : {}")).isEqualTo(MANIFEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\" : 1 | \"format\" : 2 | it has format 2, but only format 1 is known",
        "rgb/255 | bgr/255 | it requires frames preprocessed as bgr/255",
        "\"step\" : 3 | \"step\" : \"3\" | not follow the documented format: Cannot coerce String value (\"3\") to `long`",
        "\"step\" : 3, | | not follow the documented format: Missing required creator property 'step'",
        "encoder.afim | ../secret | weights.file must be a plain file name, but was ../secret",
        "\"encoder.width\" : \"8\" | \"encoder.width\" : \"9\" | multiple of 8, but was 9",
        "\"weight\" | \"layer\" | encoder.normalization is not known: layer",
        "2026-01-31T | yesterday | it is not valid",
        "{ | [ | it is not JSON",
      })
  void read_notAManifest_isRefusedSayingWhy(String from, String to, String message) {
    assertThatThrownBy(() -> read(from, to == null ? "" : to))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static SnapshotManifest read(String from, String to) throws IOException {
    String json = new String(ManifestJson.write(MANIFEST), StandardCharsets.UTF_8);
    assertThat(json).contains(from);
    return ManifestJson.read(json.replace(from, to).getBytes(StandardCharsets.UTF_8));
  }
}
