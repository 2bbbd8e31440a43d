package io.afterimage.cli.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.afterimage.search.EmbeddingIndex;
import io.afterimage.search.Hit;
import io.afterimage.search.IndexedEncoder;
import io.afterimage.terminal.Escapes;
import io.afterimage.wire.EncoderId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The output of a search. */
final class Answer {
  private Answer() {}

  static void table(List<Hit> hits, PrintWriter out) {
    int width = "camera".length();
    for (Hit each : hits) {
      width = Math.max(width, Escapes.shown(each.frame().camera()).length());
    }
    String line = "%4s  %10s  %-" + width + "s  %-23s  %s%n";
    out.printf(line, "", "similarity", "camera", "time (UTC)", "partition:offset");
    for (int i = 0; i < hits.size(); i++) {
      Hit each = hits.get(i);
      out.printf(
          line,
          i + 1,
          String.format(Locale.ROOT, "%.4f", each.similarity()),
          Escapes.shown(each.frame().camera()),
          Times.show(each.frame().captureMillis()),
          each.frame().partition() + ":" + each.frame().offset());
    }
    out.flush();
  }

  /** One object per frame, each on its own line. */
  static void json(List<Hit> hits, PrintWriter out) throws IOException {
    for (Hit each : hits) {
      StringWriter text = new StringWriter();
      try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
        json.writeStartObject();
        json.writeNumberField("similarity", each.similarity());
        json.writeStringField("camera", each.frame().camera());
        json.writeStringField(
            "time", Instant.ofEpochMilli(each.frame().captureMillis()).toString());
        json.writeNumberField("captureMillis", each.frame().captureMillis());
        json.writeStringField("encoderId", EncoderId.hex(each.frame().encoderId()));
        json.writeNumberField("step", each.frame().step());
        json.writeNumberField("partition", each.frame().partition());
        json.writeNumberField("offset", each.frame().offset());
        json.writeEndObject();
      }
      out.println(text);
    }
  }

  /** The frames that were compared, and those that were not. */
  static String compared(EmbeddingIndex index, long encoderId) {
    long frames = index.frames(encoderId);
    long others = index.frames() - frames;
    IndexedEncoder encoder =
        index.encoders().stream().filter(each -> each.id() == encoderId).findFirst().orElseThrow();
    String text =
        "Compared with %,d frames embedded by the encoder %s (step %d), from %s to %s"
            .formatted(
                frames,
                EncoderId.hex(encoderId),
                encoder.step(),
                Times.show(encoder.firstCaptureMillis()),
                Times.show(encoder.lastCaptureMillis()));
    if (others == 0) {
      return text + ".";
    }
    int count = index.encoders().size() - 1;
    return text
        + "; %,d frames of %d other encoder%s cannot be compared and are left out."
            .formatted(others, count, count == 1 ? "" : "s");
  }

  static void encoders(EmbeddingIndex index, PrintWriter out) throws IOException {
    out.printf(
        "%-16s  %9s  %9s  %-23s  %-23s%n",
        "encoder", "step", "frames", "first frame (UTC)", "last frame (UTC)");
    for (IndexedEncoder each : index.encoders()) {
      out.printf(
          "%-16s  %9d  %,9d  %-23s  %-23s%n",
          EncoderId.hex(each.id()),
          each.step(),
          index.frames(each.id()),
          Times.show(each.firstCaptureMillis()),
          Times.show(each.lastCaptureMillis()));
    }
    out.printf(
        "%nCameras: %s%n",
        index.cameras().stream().map(Escapes::shown).collect(Collectors.joining(", ")));
    out.flush();
  }
}
