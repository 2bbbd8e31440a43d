package io.afterimage.stream.option;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions.OptionBuilder;
import org.apache.flink.configuration.ConfigOptions.TypedConfigOptionBuilder;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.jspecify.annotations.Nullable;

/**
 * The options of one prefix, in the order of their declaration, and the rules between them.
 *
 * <pre>{@code
 * static final OptionGroup OPTIONS = new OptionGroup("frame");
 *
 * // Declares frame.size.
 * public static final ConfigOption<Integer> SIZE =
 *     OPTIONS.integer("size", 32, Rule.between(8, 512), "Height and width of a frame (pixels).");
 * }</pre>
 */
final class OptionGroup {
  private final String prefix;
  private final List<Option<?>> declared = new ArrayList<>();
  private final List<OptionClash> clashes = new ArrayList<>();

  /**
   * @param prefix the first part of every key
   */
  OptionGroup(String prefix) {
    this.prefix = prefix;
  }

  List<Option<?>> declared() {
    return Collections.unmodifiableList(declared);
  }

  List<OptionClash> clashes() {
    return Collections.unmodifiableList(clashes);
  }

  ConfigOption<String> text(String name, String value, String description) {
    return text(name, value, Rule.notBlank(), description);
  }

  ConfigOption<String> text(String name, String value, Rule<String> rule, String description) {
    return declare(keyOf(name).stringType(), value, "text", rule, description);
  }

  /** A text without a default. */
  ConfigOption<String> optionalText(String name, String description) {
    return declare(keyOf(name).stringType(), null, "text", Rule.notBlank(), description);
  }

  ConfigOption<Boolean> flag(String name, boolean value, String description) {
    return declare(keyOf(name).booleanType(), value, "true or false", Rule.any(), description);
  }

  ConfigOption<Integer> integer(String name, int value, Rule<Integer> rule, String description) {
    return declare(keyOf(name).intType(), value, "an integer", rule, description);
  }

  ConfigOption<Long> number(String name, long value, Rule<Long> rule, String description) {
    return declare(keyOf(name).longType(), value, "an integer", rule, description);
  }

  ConfigOption<Double> real(String name, double value, Rule<Double> rule, String description) {
    return declare(keyOf(name).doubleType(), value, "a number", rule, description);
  }

  /** A number from 0 to 1. */
  ConfigOption<Double> share(String name, double value, String description) {
    return real(name, value, Rule.between(0.0, 1.0), description);
  }

  ConfigOption<Duration> duration(
      String name, Duration value, Rule<Duration> rule, String description) {
    return declare(keyOf(name).durationType(), value, "a duration", rule, description);
  }

  ConfigOption<MemorySize> memory(
      String name, MemorySize value, Rule<MemorySize> rule, String description) {
    return declare(keyOf(name).memoryType(), value, "a size in bytes", rule, description);
  }

  <E extends Enum<E>> ConfigOption<E> enumeration(
      String name, Class<E> type, E value, String description) {
    String names =
        Stream.of(type.getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return declare(keyOf(name).enumType(type), value, "one of " + names, Rule.any(), description);
  }

  /**
   * Adds a rule between options that may each be allowed but not together.
   *
   * @param options the options concerned
   * @param clashes whether their values break the rule
   * @param rule the rule, and why it must hold
   */
  void clash(List<ConfigOption<?>> options, Predicate<Configuration> clashes, String rule) {
    this.clashes.add(new OptionClash(options, clashes, rule));
  }

  private OptionBuilder keyOf(String name) {
    return key(prefix + "." + name);
  }

  private <T> ConfigOption<T> declare(
      TypedConfigOptionBuilder<T> builder,
      @Nullable T value,
      String type,
      Rule<T> rule,
      String description) {
    ConfigOption<T> option =
        (value == null ? builder.noDefaultValue() : builder.defaultValue(value))
            .withDescription(description);
    declared.add(new Option<>(option, type, rule, description));
    return option;
  }
}
