package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.stream.metric.MetricTable;
import io.afterimage.stream.option.OptionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables of options and metrics in {@code src/docs} equal the code. {@code mvn test
 * -Dtest=DocumentedTablesTest -Dtables.write} writes them.
 */
class DocumentedTablesTest {
  private static final Path DOCS = Path.of("src/docs");

  @ParameterizedTest
  @CsvSource({"options", "metrics"})
  void table_equalsTheCode(String table) throws IOException {
    Path page = DOCS.resolve(table + ".md");
    String text = Files.readString(page);
    String begin = "<!-- %s: begin -->\n".formatted(table);
    String end = "<!-- %s: end -->".formatted(table);
    assertThat(text).contains(begin, end);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    String generated = table.equals("options") ? OptionTable.markdown() : MetricTable.markdown();

    if (System.getProperty("tables.write") != null) {
      Files.writeString(page, text.substring(0, from) + generated + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("%s; mvn test -Dtest=DocumentedTablesTest -Dtables.write writes it", page)
        .isEqualTo(generated);
  }
}
