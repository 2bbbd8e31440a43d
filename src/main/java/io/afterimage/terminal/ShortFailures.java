package io.afterimage.terminal;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Reports a failure of a command in one line and with exit code 1, if its kind needs no stack
 * trace.
 *
 * @param script the script that was called, like {@code search.sh}
 * @param explained exceptions that need no stack trace
 */
public record ShortFailures(String script, List<Class<? extends Exception>> explained)
    implements IExecutionExceptionHandler {
  private static final int FAILED = 1;

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
    if (explained.stream().noneMatch(kind -> kind.isInstance(failure))) {
      throw new ExecutionException(command, "unexpected", failure);
    }
    command.getErr().println(script + ": " + Escapes.shown(String.valueOf(failure.getMessage())));
    return FAILED;
  }
}
