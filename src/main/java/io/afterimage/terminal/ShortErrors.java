package io.afterimage.terminal;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports a wrong command line in two lines: the error, and how to list the options. Arguments that
 * may hold a login are never shown, not even part of a URL that was quoted badly or misplaced.
 *
 * @param script the script that was called, like {@code gateway.sh}
 */
public record ShortErrors(String script) implements IParameterExceptionHandler {
  private static final String HIDDEN = "(not shown)";

  /** Marks of a URL with a login or a query, or of a part of one. */
  private static final Pattern OF_A_URL = Pattern.compile("[@?]|//");

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Escapes.shown(message(wrong, args)));
    err.println(script + " --help lists the options");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(ParameterException wrong, String[] args) {
    if (wrong instanceof UnmatchedArgumentException unmatched && takesNoArguments(wrong)) {
      return unmatched(unmatched.getUnmatched().get(0), args);
    }
    boolean isOwn = wrong.getClass() == ParameterException.class && wrong.getArgSpec() == null;
    return isOwn ? wrong.getMessage() : withoutValues(wrong, args);
  }

  private static boolean takesNoArguments(ParameterException wrong) {
    return wrong.getCommandLine().getSubcommands().isEmpty()
        && wrong.getCommandLine().getCommandSpec().positionalParameters().isEmpty();
  }

  /** A part of a login comes with the rest of its URL, so other arguments tell whether to hide. */
  private static String unmatched(String argument, String[] args) {
    if (argument.startsWith("-")) {
      return argument.replaceFirst("=.*", "") + ": there is no such option";
    }
    return Stream.of(args).noneMatch(arg -> OF_A_URL.matcher(arg).find())
        ? argument + " belongs to no option"
        : "an argument belongs to no option, and is not shown because it may be part of a login: "
            + "values that hold spaces must be quoted";
  }

  /** The message of picocli, without the values that it quotes. */
  private static String withoutValues(ParameterException wrong, String[] args) {
    boolean anyMayBeSecret =
        wrong.getArgSpec() != null && Map.class.isAssignableFrom(wrong.getArgSpec().type());
    String message = String.valueOf(wrong.getMessage());
    List<String> values =
        Stream.of(args)
            .flatMap(arg -> Stream.of(arg, arg.replaceFirst("^-[^=]*=", "")))
            .filter(value -> !value.startsWith("-") && !value.isEmpty())
            .filter(value -> anyMayBeSecret || OF_A_URL.matcher(value).find())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    for (String value : values) {
      message = message.replace(value, HIDDEN);
    }
    return message;
  }
}
