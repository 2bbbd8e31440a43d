package io.afterimage.stream.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.YamlParserUtils;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the options from a YAML file and from overrides, and finds everything that is wrong with
 * them at once.
 *
 * <pre>{@code
 * Configuration options = OptionsReader.read(Path.of("jobs/afterimage.yaml"), Map.of("frame.size", "64"));
 * }</pre>
 */
public final class OptionsReader {
  /** A name further away than this many edits is no misspelling. */
  private static final int MOST_EDITS = 4;

  private OptionsReader() {}

  /**
   * Reads and checks.
   *
   * @param file a YAML file with {@code name: value} or nested names; null for none
   * @param overrides name to value, stronger than the file
   * @return the options that were set; {@link AfterimageOptions} has the defaults of the others
   * @throws InvalidOptionsException naming every unknown name, unreadable value, value out of range
   *     and clash between options
   */
  public static Configuration read(@Nullable Path file, Map<String, String> overrides)
      throws InvalidOptionsException {
    List<String> problems = new ArrayList<>();
    Map<String, String> written = new LinkedHashMap<>();
    if (file != null) {
      readFile(file, written, problems);
    }
    written.putAll(overrides);

    Configuration options = new Configuration();
    written.forEach(
        (name, value) -> {
          if (isKnown(name)) {
            options.setString(name, value);
          } else {
            problems.add(unknown(name));
          }
        });
    problems.addAll(check(options));
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    return options;
  }

  private static List<String> check(Configuration options) {
    List<String> problems = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Option<?> option : AfterimageOptions.all()) {
      Optional<String> problem = option.problem(options);
      if (problem.isPresent()) {
        problems.add(problem.get());
        wrong.add(option.key());
      }
    }
    for (OptionClash clash : AfterimageOptions.clashes()) {
      if (wrong.stream().noneMatch(clash::isAbout)) {
        clash.problem(options).ifPresent(problems::add);
      }
    }
    return problems;
  }

  private static void readFile(Path file, Map<String, String> into, List<String> problems) {
    if (!Files.isReadable(file)) {
      problems.add("the options file %s cannot be read".formatted(file));
      return;
    }
    try {
      Object root = YamlParserUtils.convertToObject(Files.readString(file), Object.class);
      if (root instanceof Map<?, ?> map) {
        flatten("", map, into, problems);
      } else if (root != null) {
        problems.add("the options file %s must hold names and values".formatted(file));
      }
    } catch (IOException | YamlEngineException e) {
      problems.add(
          "the options file %s is no YAML: %s"
              .formatted(file, String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ")));
    }
  }

  private static void flatten(
      String prefix, Map<?, ?> map, Map<String, String> into, List<String> problems) {
    map.forEach(
        (key, value) -> {
          String name = prefix + key;
          if (value instanceof Map<?, ?> nested) {
            flatten(name + ".", nested, into, problems);
          } else if (value instanceof Iterable<?>) {
            problems.add(name + " must be a single value, but was a list");
          } else if (value != null) {
            into.put(name, value.toString());
          }
        });
  }

  private static boolean isKnown(String name) {
    return isPassedThrough(name, KafkaOptions.PROPERTY_PREFIX)
        || isPassedThrough(name, FlinkSettings.PREFIX)
        || AfterimageOptions.all().stream().anyMatch(option -> option.key().equals(name));
  }

  private static boolean isPassedThrough(String name, String prefix) {
    return name.startsWith(prefix) && name.length() > prefix.length();
  }

  private static String unknown(String name) {
    LevenshteinDistance edits = new LevenshteinDistance(MOST_EDITS);
    return AfterimageOptions.all().stream()
        .map(Option::key)
        .filter(key -> edits.apply(name, key) >= 0)
        .min(Comparator.comparing(key -> edits.apply(name, key)))
        .map(key -> "unknown option %s: did you mean %s?".formatted(name, key))
        .orElse("unknown option %s: --help lists all of them".formatted(name));
  }
}
