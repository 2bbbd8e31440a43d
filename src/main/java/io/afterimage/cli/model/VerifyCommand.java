package io.afterimage.cli.model;

import io.afterimage.model.SnapshotReader;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.terminal.Escapes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "verify",
    sortOptions = false,
    description = {
      "Reads snapshots completely and checks them: checksums, format, agreement with"
          + " the manifest, finite weights. Of a registry's directory, every version is"
          + " checked.",
      "Exit code 1 if any is damaged."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SNAPSHOT", arity = "1..*", description = "The snapshots to verify.")
  private List<String> paths = List.of();

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    int status = 0;
    for (String path : paths) {
      for (String each : snapshots(path)) {
        try {
          SnapshotReader.Found found = Storage.reader(each).read(each);
          requireFinite(found);
          spec.commandLine().getOut().printf("whole    %s%n", Escapes.shown(found.path()));
        } catch (IOException e) {
          spec.commandLine()
              .getOut()
              .printf("damaged  %s: %s%n", Escapes.shown(each), Escapes.shown(e.getMessage()));
          status = ModelMain.FAILED;
        }
      }
    }
    return status;
  }

  private static List<String> snapshots(String path) throws IOException {
    if (!Storage.reader(path).isRegistry(path)) {
      return List.of(path);
    }
    SnapshotRegistry registry = new SnapshotRegistry(Storage.files(path), path);
    List<String> paths = new ArrayList<>();
    for (String version : registry.versions()) {
      paths.add(registry.path(version));
    }
    if (paths.isEmpty()) {
      throw new FileNotFoundException("there is no snapshot in " + path);
    }
    return paths;
  }

  private static void requireFinite(SnapshotReader.Found found) throws IOException {
    for (Map.Entry<String, float[]> parameter : found.snapshot().parameters().entrySet()) {
      for (float value : parameter.getValue()) {
        if (!Float.isFinite(value)) {
          throw new IOException("%s holds %s".formatted(parameter.getKey(), value));
        }
      }
    }
  }
}
