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
 * The README's tables say what the code says. {@code mvn test -Dtest=ReadmeTest -Dreadme.write}
 * writes them anew.
 */
class ReadmeTest {
  private static final Path README = Path.of("README.md");

  @ParameterizedTest
  @CsvSource({"options", "metrics"})
  void table_saysWhatTheCodeSays(String table) throws IOException {
    String readme = Files.readString(README);
    String begin = "<!-- %s: begin -->\n".formatted(table);
    String end = "<!-- %s: end -->".formatted(table);
    assertThat(readme).contains(begin, end);
    int from = readme.indexOf(begin) + begin.length();
    int to = readme.indexOf(end);
    String generated = table.equals("options") ? OptionTable.markdown() : MetricTable.markdown();

    if (System.getProperty("readme.write") != null) {
      Files.writeString(README, readme.substring(0, from) + generated + readme.substring(to));
      return;
    }
    assertThat(readme.substring(from, to))
        .as("README.md's table of %s; mvn test -Dtest=ReadmeTest -Dreadme.write renews it", table)
        .isEqualTo(generated);
  }
}
