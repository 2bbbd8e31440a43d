package io.afterimage.cli.model;

import io.afterimage.model.EncoderProperties;
import io.afterimage.model.ManifestJson;
import io.afterimage.model.NpyArray;
import io.afterimage.model.SnapshotManifest;
import io.afterimage.model.SnapshotReader;
import io.afterimage.terminal.Escapes;
import io.afterimage.train.encoder.Parameter;
import io.afterimage.train.encoder.ResNetS;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    sortOptions = false,
    description = "Shows the contents of a snapshot: step, encoder, metrics, weights.")
final class ShowCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SNAPSHOT", description = "The snapshot to show.")
  private String path = "";

  @Option(names = "--parameters", description = "Also list the parameters with their statistics.")
  private boolean parameters;

  @Option(names = "--json", description = "Print the stored manifest.")
  private boolean json;

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    SnapshotReader.Found found = Storage.reader(path).read(path);
    SnapshotManifest manifest = found.manifest();
    if (json) {
      if (manifest == null) {
        throw new IOException(
            "--json needs a version of a registry, but %s is a single file"
                .formatted(found.path()));
      }
      out.println(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8));
      return 0;
    }
    line(out, "snapshot", found.path());
    line(out, "step", found.snapshot().step());
    if (manifest != null) {
      line(out, "published", Text.time(manifest.published()) + " UTC");
    }
    EncoderProperties.of(found.snapshot().settings())
        .forEach((option, value) -> line(out, option, value));
    long values = 0;
    for (float[] each : found.snapshot().parameters().values()) {
      values += each.length;
    }
    line(
        out,
        "parameters",
        "%,d numbers in %d arrays".formatted(values, found.snapshot().parameters().size()));
    if (manifest != null) {
      line(out, "weights", Text.bytes(manifest.weightsBytes()));
      line(out, "sha256", manifest.weightsSha256());
      manifest.metrics().forEach((name, value) -> line(out, "metric " + name, Text.metric(value)));
    }
    if (parameters) {
      out.printf("%n%-32s  %-18s  %10s  %10s  %10s%n", "parameter", "shape", "mean", "rms", "max");
      for (Parameter parameter : ResNetS.parameters(found.snapshot().settings())) {
        statistics(out, parameter, found.snapshot().parameters().get(parameter.name()));
      }
    }
    return 0;
  }

  private static void line(PrintWriter out, String name, Object value) {
    out.printf("%-28s  %s%n", Escapes.shown(name), Escapes.shown(value.toString()));
  }

  private static void statistics(PrintWriter out, Parameter parameter, float[] values) {
    double sum = 0;
    double square = 0;
    double greatest = 0;
    for (float value : values) {
      sum += value;
      square += (double) value * value;
      greatest = Math.max(greatest, Math.abs(value));
    }
    out.printf(
        "%-32s  %-18s  %10.4g  %10.4g  %10.4g%n",
        parameter.name(),
        NpyArray.floats(new float[0], parameter.shape()).shownShape(),
        sum / values.length,
        Math.sqrt(square / values.length),
        greatest);
  }
}
