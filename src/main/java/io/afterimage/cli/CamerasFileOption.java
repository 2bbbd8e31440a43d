package io.afterimage.cli;

import io.afterimage.gateway.CameraList;
import io.afterimage.gateway.VideoSettings;
import io.afterimage.gateway.VideoSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** A command's option for a file of cameras, in addition to its option for a single camera. */
final class CamerasFileOption {
  private static final String NAME = "--cameras-file";

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description =
          "A file of cameras, [NAME=]URL, one a line; lines that begin with # are comments. "
              + "$${NAME} stands for a variable of the environment, such as a password, which is "
              + "percent-encoded. Logins given here do not show in process lists.")
  private @Nullable Path file;

  boolean isGiven() {
    return file != null;
  }

  /**
   * One source per camera of the command line and of the file.
   *
   * @param option the command's option for a single camera
   * @param cameras its values
   * @throws ParameterException naming option, or file and line, and rule; it shows no login
   */
  List<VideoSource> sources(String option, List<String> cameras, VideoSettings settings) {
    try {
      CameraList list = new CameraList().add(option, cameras);
      if (file != null) {
        list.addFile(NAME, file, System.getenv());
      }
      return list.sources(settings);
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
  }
}
