package io.afterimage.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.model.Encoders;
import io.afterimage.model.SnapshotReader;
import io.afterimage.train.encoder.Normalization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class EmbeddingsFileTest {
  private static final int D = 16;
  private static final SnapshotReader.Found ENCODER =
      new SnapshotReader.Found(
          "snapshots", null, Encoders.snapshot(Encoders.small(Normalization.GROUP), 2, 2));

  @Test
  void csv_plainNames_isTheFileOfTheVersionBefore() throws IOException {
    String csv = csv("images/a.jpg", "/images/b c.jpg");

    assertThat(csv)
        .isEqualTo(
            "image,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\r\n"
                + ("images/a.jpg,-0.25,1.0E-5,NaN" + ",0.0".repeat(13) + "\r\n")
                + ("/images/b c.jpg,-0.25,1.0E-5,NaN" + ",0.0".repeat(13) + "\r\n"));
  }

  @Test
  void csv_namesThatNeedQuotes_areReadAsTheyAre() throws IOException {
    String[] names = {
      "a,b.jpg", "say \"x\".jpg", "two\nlines.jpg", "two\r\nlines.jpg", " ", "#.jpg"
    };

    try (CSVParser parser = CSVParser.parse(csv(names), CSVFormat.RFC4180)) {
      List<CSVRecord> records = parser.getRecords();
      assertThat(records).allMatch(record -> record.size() == 1 + D);
      assertThat(records.subList(1, records.size()))
          .extracting(record -> record.get(0))
          .containsExactly(names);
    }
  }

  private static String csv(String... names) throws IOException {
    float[][] embeddings = new float[names.length][D];
    for (float[] embedding : embeddings) {
      embedding[0] = -0.25f;
      embedding[1] = 1e-5f;
      embedding[2] = Float.NaN;
    }
    List<Path> images = Stream.of(names).map(Path::of).toList();
    return new String(
        EmbeddingsFile.CSV.encode(ENCODER, images, embeddings), StandardCharsets.UTF_8);
  }
}
