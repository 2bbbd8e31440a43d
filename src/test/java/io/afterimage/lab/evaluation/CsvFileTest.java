package io.afterimage.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  /** As the version before commons-csv wrote it. */
  private static final String BEFORE =
      """
      # --scale long: 4000 steps, "as is"
      stream,method,seed,linear
      balanced-4,biased,1,0.554
      balanced-4,camera,-2,NaN
      """;

  private static final List<List<String>> ROWS =
      List.of(
          List.of("balanced-4", "biased", "1", "0.554"),
          List.of("balanced-4", "camera", "-2", "NaN"));

  @TempDir Path directory;
  private Path path;
  private CsvFile file;

  @BeforeEach
  void create() {
    path = directory.resolve("below/measurements.csv");
    file =
        new CsvFile(
            path,
            "--scale long: 4000 steps, \"as is\"",
            List.of("stream", "method", "seed", "linear"));
  }

  @Test
  void open_fileOfTheVersionBefore_givesItsRows() throws IOException {
    write(BEFORE);

    assertThat(file.open()).isEqualTo(ROWS);
  }

  @Test
  void append_plainValues_givesTheFileOfTheVersionBefore() throws IOException {
    assertThat(file.open()).isEmpty();
    file.append(
        List.of(
            List.of("balanced-4", "biased", 1L, 0.554),
            List.of("balanced-4", "camera", -2L, Double.NaN)));

    assertThat(path).hasContent(BEFORE.strip()).content().endsWith("NaN\n");
  }

  @Test
  void append_valuesThatNeedQuotes_areReadAsGiven() throws IOException {
    List<List<String>> rows =
        List.of(
            List.of("a, b", "say \"x\"", "two\nlines", ""), List.of("# no comment", " ", "", "-"));
    file.open();
    file.append(rows);

    assertThat(file.open()).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# --scale long: 4000 steps, \"as is\"\n",
        "# --scale short\nstream,method,seed,linear\n",
        "# --scale long: 4000 steps, \"as is\"\nstream,method,seed\n",
        "stream,method,seed,linear\nbalanced-4,biased,1,0.5\n"
      })
  void open_fileOfOtherSettingsOrColumns_isRefused(String text) throws IOException {
    write(text);

    assertThatIOException()
        .isThrownBy(() -> file.open())
        .withMessage(
            "%s belongs to an evaluation with other settings; give another --out or delete it",
            path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"balanced-4,bia", "\n", "a,b,c,d,e\n"})
  void open_lineOfOtherLength_isNamed(String line) throws IOException {
    write(BEFORE + line);

    assertThatIOException()
        .isThrownBy(() -> file.open())
        .withMessageMatching(".*measurements.csv has a line of \\d values instead of 4: .*");
  }

  @Test
  void open_quoteWithoutItsEnd_isDamage() throws IOException {
    write(BEFORE + "balanced-4,\"bia");

    assertThatIOException()
        .isThrownBy(() -> file.open())
        .withMessageStartingWith(path + " is damaged: ");
  }

  private void write(String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
