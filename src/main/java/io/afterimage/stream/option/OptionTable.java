package io.afterimage.stream.option;

import java.util.stream.Collectors;

/** The options as a Markdown table and as a list for the terminal. */
public final class OptionTable {
  private OptionTable() {}

  /** A Markdown table with its header. */
  public static String markdown() {
    return AfterimageOptions.all().stream()
        .map(
            option ->
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        option.key(), shownDefault(option), option.values(), option.description()))
        .collect(
            Collectors.joining(
                "\n", "| option | default | values | description |\n|---|---|---|---|\n", "\n"));
  }

  /** One paragraph per option, for {@code --help}. */
  public static String help() {
    return AfterimageOptions.all().stream()
        .map(
            option ->
                "  %s (%s%s)%n      %s"
                    .formatted(
                        option.key(),
                        option.values(),
                        option.option().hasDefaultValue() ? "; " + option.shownDefault() : "",
                        option.description()))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String shownDefault(Option<?> option) {
    return option.option().hasDefaultValue() ? "`" + option.shownDefault() + "`" : "";
  }
}
