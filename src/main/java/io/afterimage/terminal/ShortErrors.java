package io.afterimage.terminal;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/**
 * Answers a wrong command line in two lines: what is wrong, and where the options are listed.
 *
 * @param script the script that was called, like {@code gateway.sh}
 */
public record ShortErrors(String script) implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(wrong.getMessage());
    err.println(script + " --help lists the options");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
