package io.afterimage.stream.option;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * A rule between options whose values are each valid but may not be combined.
 *
 * @param options the options concerned
 * @param clashes whether their values clash
 * @param rule the condition on them, and its reason
 */
record OptionClash(List<ConfigOption<?>> options, Predicate<Configuration> clashes, String rule) {
  boolean isAbout(String key) {
    return options.stream().anyMatch(option -> option.key().equals(key));
  }

  /** The rule and the values that break it; empty if they satisfy it. */
  Optional<String> problem(Configuration configuration) {
    if (!clashes.test(configuration)) {
      return Optional.empty();
    }
    List<String> values =
        options.stream()
            .map(option -> option.key() + " = " + Option.shown(configuration.get(option)))
            .toList();
    return Optional.of(rule + ", but " + String.join(", ", values));
  }
}
