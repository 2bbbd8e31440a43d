package io.afterimage.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.afterimage.train.StepReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Step reports as records of the topic {@code training}. The key is the step's number in decimal,
 * which lets a consumer skip the steps that a restored job reports again.
 *
 * <p>The value is a JSON object with one member per record component, by its name. JSON has no NaN
 * and no infinity: they are written as null, and null is read as NaN.
 */
public final class StepReportJson {
  private static final JsonMapper MAPPER = mapper();

  private StepReportJson() {}

  /** The key of a report's record. */
  public static byte[] key(StepReport report) {
    return Long.toString(report.step()).getBytes(StandardCharsets.US_ASCII);
  }

  /** The value of a report's record. */
  public static byte[] write(StepReport report) {
    try {
      return MAPPER.writeValueAsBytes(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("step %d has no JSON".formatted(report.step()), e);
    }
  }

  /**
   * Reads a report of the topic {@code training}. Unknown members are ignored.
   *
   * @throws IOException if the bytes are not a report
   */
  public static StepReport read(byte[] json) throws IOException {
    return MAPPER.readValue(json, StepReport.class);
  }

  private static JsonMapper mapper() {
    SimpleModule finite = new SimpleModule();
    finite.addSerializer(double.class, new FiniteOrNull());
    finite.addDeserializer(double.class, new NullIsNaN());
    return JsonMapper.builder()
        .addModule(finite)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  private static final class FiniteOrNull extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        out.writeNumber(value);
      } else {
        out.writeNull();
      }
    }
  }

  private static final class NullIsNaN extends JsonDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return in.getDoubleValue();
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return Double.NaN;
    }
  }
}
