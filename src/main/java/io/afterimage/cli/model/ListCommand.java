package io.afterimage.cli.model;

import io.afterimage.model.SnapshotManifest;
import io.afterimage.model.SnapshotRegistry;
import io.afterimage.terminal.Escapes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    sortOptions = false,
    description = "Lists the versions in a registry, oldest first; * marks the latest.")
final class ListCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DIRECTORY", description = "The registry's directory.")
  private String directory = "";

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    SnapshotRegistry registry = new SnapshotRegistry(Storage.files(directory), directory);
    List<SnapshotManifest> whole = registry.list();
    Map<String, String> damaged = damaged(registry, whole);
    if (whole.isEmpty() && damaged.isEmpty()) {
      throw new FileNotFoundException("there is no snapshot in " + directory);
    }
    String latest = registry.latest().orElse("");
    out.printf(
        "  %-22s  %-20s  %-28s  %6s  %9s  %8s  %8s%n",
        "version", "published (UTC)", "encoder", "frame", "weights", "loss", "prior");
    for (SnapshotManifest each : whole) {
      out.printf(
          "%s %-22s  %-20s  %-28s  %6s  %9s  %8s  %8s%n",
          each.version().equals(latest) ? "*" : " ",
          Escapes.shown(each.version()),
          Text.time(each.published()),
          Text.encoder(each.encoder()),
          each.encoder().frameSize() + " px",
          Text.bytes(each.weightsBytes()),
          Text.metric(each.metrics().get("loss")),
          Text.metric(each.metrics().get("prior")));
    }
    damaged.forEach(
        (version, reason) ->
            out.printf("! %-22s  damaged: %s%n", Escapes.shown(version), Escapes.shown(reason)));
    return damaged.isEmpty() ? 0 : ModelMain.FAILED;
  }

  private static Map<String, String> damaged(
      SnapshotRegistry registry, List<SnapshotManifest> whole) throws IOException {
    Set<String> listed = whole.stream().map(SnapshotManifest::version).collect(Collectors.toSet());
    Map<String, String> damaged = new LinkedHashMap<>();
    for (String version : registry.versions()) {
      if (!listed.contains(version)) {
        try {
          registry.manifest(version);
        } catch (IOException e) {
          damaged.put(version, e.getMessage());
        }
      }
    }
    return damaged;
  }
}
