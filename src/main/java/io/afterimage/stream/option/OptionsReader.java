package io.afterimage.stream.option;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.YamlParserUtils;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the options from a YAML file and from overrides, and reports all problems at once.
 *
 * <pre>{@code
 * Configuration options = OptionsReader.read(Path.of("jobs/afterimage.yaml"), Map.of("frame.size", "64"));
 * }</pre>
 */
public final class OptionsReader {
  /** Prefix of an option for Flink or Kafka's clients that belongs to a plug-in unknown to them. */
  static final String UNCHECKED = "unchecked.";

  private OptionsReader() {}

  /**
   * Reads and checks.
   *
   * @param file a YAML file with {@code name: value} or nested names; null for none
   * @param overrides values by name; they override the file
   * @return the options that were set; {@link AfterimageOptions} has the defaults of the others
   * @throws InvalidOptionsException naming every unknown name, unreadable value, value out of range
   *     and clash between options, including options passed on to Flink and to Kafka's clients
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
        (name, value) ->
            problemOfName(name, value)
                .ifPresentOrElse(
                    problems::add, () -> options.setString(withoutUnchecked(name), value)));
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
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
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
    } catch (CharacterCodingException e) {
      problems.add("the options file %s is not UTF-8".formatted(file));
    } catch (IOException | YamlEngineException e) {
      problems.add(
          "the options file %s is not YAML: %s"
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
            if (into.put(name, value.toString()) != null) {
              problems.add(name + " must be set once, but the options file sets it more often");
            }
          } else if (AfterimageOptions.isKnown(name)) {
            problems.add(name + " must have a value, but the options file gives none");
          }
        });
  }

  /** The problem with a name, or with the value of an option that is passed on. */
  private static Optional<String> problemOfName(String name, String value) {
    if (name.isBlank()) {
      return Optional.of(
          "an option must have a name, but one with the value '%s' has none".formatted(value));
    }
    if (AfterimageOptions.isKnown(name)) {
      return Optional.empty();
    }
    String passedOn = withoutUnchecked(name);
    for (String prefix : List.of(FlinkSettings.PREFIX, KafkaOptions.PROPERTY_PREFIX)) {
      if (passedOn.equals(prefix)) {
        return Optional.of("unknown option %s: a name must follow the last dot".formatted(name));
      }
      if (passedOn.startsWith(prefix) && !passedOn.equals(name)) {
        return Optional.empty();
      }
    }
    if (name.startsWith(FlinkSettings.PREFIX)) {
      return FlinkOptionNames.problem(name.substring(FlinkSettings.PREFIX.length()), value);
    }
    if (name.startsWith(KafkaOptions.PROPERTY_PREFIX)) {
      return KafkaPropertyNames.problem(
          name.substring(KafkaOptions.PROPERTY_PREFIX.length()), value);
    }
    return Optional.of(unknown(name));
  }

  private static String withoutUnchecked(String name) {
    return name.startsWith(UNCHECKED) ? name.substring(UNCHECKED.length()) : name;
  }

  private static String unknown(String name) {
    String renamed = AfterimageOptions.RENAMED.get(name);
    if (renamed != null) {
      return "unknown option %s: it was renamed to %s".formatted(name, renamed);
    }
    List<String> keys = AfterimageOptions.all().stream().map(Option::key).toList();
    return "unknown option %s: %s"
        .formatted(
            name,
            Spelling.nearest(name, keys)
                .or(() -> withItsPrefix(name))
                .map("did you mean %s?"::formatted)
                .orElse("--help lists all of them"));
  }

  /** The option for Flink or Kafka's clients that was written without the prefix. */
  private static Optional<String> withItsPrefix(String name) {
    if (FlinkOptionNames.all().contains(name)) {
      return Optional.of(FlinkSettings.PREFIX + name);
    }
    String property = name.replaceFirst("^kafka\\.(properties\\.)?", "");
    return KafkaPropertyNames.all().contains(property)
        ? Optional.of(KafkaOptions.PROPERTY_PREFIX + property)
        : Optional.empty();
  }
}
