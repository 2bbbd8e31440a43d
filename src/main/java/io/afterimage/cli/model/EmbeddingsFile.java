package io.afterimage.cli.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.afterimage.model.NpyArray;
import io.afterimage.model.NpzArchive;
import io.afterimage.model.SnapshotReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The formats of a file with embeddings of images. */
enum EmbeddingsFile {
  /** RFC 4180: a header {@code image,0,1,...}, then one line per image. */
  CSV {
    @Override
    byte[] encode(SnapshotReader.Found by, List<Path> images, float[][] embeddings)
        throws IOException {
      StringBuilder text = new StringBuilder();
      try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
        printer.print("image");
        for (int i = 0; i < by.snapshot().settings().embeddingSize(); i++) {
          printer.print(i);
        }
        printer.println();
        for (int i = 0; i < embeddings.length; i++) {
          printer.print(images.get(i));
          for (float value : embeddings[i]) {
            printer.print(value);
          }
          printer.println();
        }
      }
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
  },

  /** {@code {"snapshot": ..., "step": ..., "embeddings": [{"image": ..., "embedding": [...]}]}}. */
  JSON {
    @Override
    byte[] encode(SnapshotReader.Found by, List<Path> images, float[][] embeddings)
        throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
        json.writeStartObject();
        json.writeStringField("snapshot", by.path());
        json.writeNumberField("step", by.snapshot().step());
        json.writeArrayFieldStart("embeddings");
        for (int i = 0; i < embeddings.length; i++) {
          json.writeRaw("\n");
          json.writeStartObject();
          json.writeStringField("image", images.get(i).toString());
          json.writeArrayFieldStart("embedding");
          for (float value : embeddings[i]) {
            json.writeNumber(value);
          }
          json.writeEndArray();
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw("\n");
      }
      return out.toByteArray();
    }
  },

  /** Arrays {@code step}, {@code images} (N) and {@code embeddings} (N, D). */
  NPZ {
    @Override
    byte[] encode(SnapshotReader.Found by, List<Path> images, float[][] embeddings)
        throws IOException {
      int dimension = by.snapshot().settings().embeddingSize();
      float[] rows = new float[embeddings.length * dimension];
      for (int i = 0; i < embeddings.length; i++) {
        System.arraycopy(embeddings[i], 0, rows, i * dimension, dimension);
      }
      Map<String, NpyArray> arrays = new LinkedHashMap<>();
      arrays.put("step", NpyArray.integer(by.snapshot().step()));
      arrays.put("images", NpyArray.texts(images.stream().map(Path::toString).toList()));
      arrays.put("embeddings", NpyArray.floats(rows, embeddings.length, dimension));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      NpzArchive.write(arrays, out);
      return out.toByteArray();
    }
  };

  /**
   * @param by the snapshot that embedded them
   * @param images {@code (N)}
   * @param embeddings {@code (N, D)}
   */
  abstract byte[] encode(SnapshotReader.Found by, List<Path> images, float[][] embeddings)
      throws IOException;
}
