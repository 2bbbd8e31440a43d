package io.afterimage.stream.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Option keys stand where options are declared; other code takes settings. */
class OptionKeysTest {
  private static final Path SOURCES = Path.of("src/main/java/io/afterimage");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

  private static final List<String> KEYS =
      AfterimageOptions.all().stream().map(Option::key).toList();

  private static final Pattern KEY =
      Pattern.compile(
          "(?<![\\w.-])(kafka|sink|frame|pairing|memory|batch|encoder|augment|loss|negatives|prior"
              + "|optimizer|learner|snapshot|embeddings|checkpoint)\\.[a-z][a-z0-9.-]*[a-z0-9]");

  @ParameterizedTest
  @ValueSource(strings = {"frame", "pairing", "page", "search", "gateway", "wire", "random"})
  void packageOfItsOwn_namesNoOption(String folder) throws IOException {
    assertThat(keysIn(folder)).doesNotContainAnyElementsOf(KEYS);
  }

  @Test
  void descriptionsOfMetrics_nameOptionsThatExist() throws IOException {
    assertThat(keysIn("stream/metric")).isNotEmpty().isSubsetOf(KEYS);
  }

  /** Texts in the code that look like an option's key. */
  private static List<String> keysIn(String folder) throws IOException {
    return literals(SOURCES.resolve(folder)).stream()
        .flatMap(literal -> KEY.matcher(literal).results().map(MatchResult::group))
        .toList();
  }

  private static List<String> literals(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> LITERAL.matcher(read(file)).results().map(match -> match.group(1)))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
