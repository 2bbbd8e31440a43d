package io.afterimage.stream.option;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * One declared option: Flink's option with the rule for its values.
 *
 * @param option key, default and description
 * @param type kind of its values, for errors
 * @param rule the allowed values of that kind
 * @param description its effect, for a user who has to choose a value
 */
record Option<T>(ConfigOption<T> option, String type, Rule<T> rule, String description) {
  String key() {
    return option.key();
  }

  /** The problem with the option's value, naming option, value and rule; empty if it is valid. */
  Optional<String> problem(Configuration options) {
    T value;
    try {
      value = options.get(option);
    } catch (IllegalArgumentException e) {
      return Optional.of("%s must be %s, but was '%s'".formatted(key(), type, written(options)));
    }
    if (value == null || rule.holds().test(value)) {
      return Optional.empty();
    }
    return Optional.of("%s must be %s, but was %s".formatted(key(), rule.text(), shown(value)));
  }

  /** The default in the form that a user writes; empty if there is none. */
  String shownDefault() {
    return option.hasDefaultValue() ? shown(option.defaultValue()) : "";
  }

  /** Type and rule in one phrase, such as "integer, from 8 to 512". */
  String values() {
    String kind = type.replaceFirst("^an? ", "");
    return rule.text().isEmpty() ? kind : kind + ", " + rule.text();
  }

  private String written(Configuration options) {
    return options.toMap().get(key());
  }

  static String shown(Object value) {
    if (value instanceof Duration duration) {
      return TimeUtils.formatWithHighestUnit(duration);
    }
    if (value instanceof MemorySize size) {
      return size.toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.toString().toLowerCase(Locale.ROOT);
    }
    return value.toString();
  }
}
