package io.afterimage.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The arguments with which a run goes on: those that it had, without the ones about its directory.
 */
final class ResumeArguments {
  private static final String OUTPUT = "--output";
  private static final String VIDEO = "--video";
  private static final Set<String> LEFT_OUT = Set.of("--resume", "--overwrite");

  /** Stands for a camera that is no file: its URL may hold a login. */
  static final String NOT_SHOWN = "URL";

  private ResumeArguments() {}

  static List<String> of(List<String> arguments) {
    List<String> again = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals(OUTPUT)) {
        i++;
      } else if (argument.startsWith(VIDEO + "=")) {
        again.add(VIDEO);
        again.add(shown(argument.substring(VIDEO.length() + 1)));
      } else if (argument.equals(VIDEO) && i + 1 < arguments.size()) {
        again.add(VIDEO);
        again.add(shown(arguments.get(++i)));
      } else if (!LEFT_OUT.contains(argument) && !argument.startsWith(OUTPUT + "=")) {
        again.add(argument);
      }
    }
    return again;
  }

  private static String shown(String video) {
    return isFile(video) || isFile(video.substring(video.indexOf('=') + 1)) ? video : NOT_SHOWN;
  }

  private static boolean isFile(String text) {
    try {
      return Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
