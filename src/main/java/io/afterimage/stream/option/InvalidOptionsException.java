package io.afterimage.stream.option;

import java.util.List;

/** The options do not allow the job to start; lists all problems. */
public final class InvalidOptionsException extends Exception {
  private final List<String> problems;

  public InvalidOptionsException(List<String> problems) {
    super(
        (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
            + " with the options:\n  - "
            + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence each, naming option, value and rule. */
  public List<String> problems() {
    return problems;
  }
}
