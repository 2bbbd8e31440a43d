package io.afterimage.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterimage.train.StepReport;
import io.afterimage.train.StepReports;
import io.afterimage.train.prior.PriorEstimate;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StepReportJsonTest {
  private static final StepReport REPORT =
      StepReports.of(
          Double.POSITIVE_INFINITY,
          new PriorEstimate(
              PriorEstimate.Meaning.EFFECTIVE_PRIOR, 0.1, Double.NaN, Double.NaN, true));

  @Test
  void write_namesEveryComponentAndIsValidJson() throws Exception {
    JsonNode json = new ObjectMapper().readTree(bytes());

    assertThat(json.size()).isEqualTo(StepReport.class.getRecordComponents().length);
    assertThat(json.get("step").asLong()).isEqualTo(7);
    assertThat(json.get("loss").isNull()).isTrue();
    assertThat(json.get("prior").get("value").asDouble()).isEqualTo(0.1);
    assertThat(json.get("prior").get("lower").isNull()).isTrue();
    assertThat(json.get("phases").get("backward").asLong()).isEqualTo(6);
    assertThat(new String(bytes(), StandardCharsets.UTF_8)).doesNotContain("NaN", "Infinity");
  }

  @Test
  void read_givesWhatWasWritten_andNaNForWhatIsNotFinite() throws Exception {
    StepReport read = StepReportJson.read(bytes());

    assertThat(read.loss()).isNaN();
    assertThat(read.replayAgeMillis()).isNaN();
    assertThat(read.prior().lower()).isNaN();
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("loss", "replayAgeMillis", "prior.lower", "prior.upper")
        .isEqualTo(REPORT);
  }

  @Test
  void read_anUnknownMember_isPassedOver() throws Exception {
    String more = new String(bytes(), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"new\":[1],");

    assertThat(StepReportJson.read(more.getBytes(StandardCharsets.UTF_8)).step()).isEqualTo(7);
  }

  private static byte[] bytes() {
    return StepReportJson.write(REPORT);
  }
}
