package io.afterimage.cli.model;

import io.afterimage.lab.evaluation.RepresentationSimilarity;
import io.afterimage.model.EncoderProperties;
import io.afterimage.model.SnapshotReader;
import io.afterimage.terminal.Escapes;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    sortOptions = false,
    description = {
      "Embeds the same images with two snapshots, and shows how similar their embeddings are: mean cosine of "
          + "the two embeddings of an image (where they have the same dimension), overlap of the "
          + "nearest neighbors (mean Jaccard index), and linear CKA. All three are 1 for"
          + " equal embeddings."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "One snapshot.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "The other one.")
  private String second = "";

  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Images, or folders of them (JPEG, PNG, WebP; at any depth).")
  private List<Path> images = List.of();

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      defaultValue = "10",
      description = "Neighbors to compare (default: ${DEFAULT-VALUE}).")
  private int neighbours;

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    List<Path> found = ImageFiles.find(images);
    requireNeighbours(found.size());
    SnapshotReader.Found a = Storage.reader(first).read(first);
    SnapshotReader.Found b = Storage.reader(second).read(second);
    ImageEmbedder embedder = new ImageEmbedder(spec.commandLine().getErr());
    ImageEmbedder.Result result = embedder.embed(List.of(a.snapshot(), b.snapshot()), found);
    requireNeighbours(result.images().size());
    print(a, b, result);
    return embedder.rejected() == 0 ? 0 : ModelMain.FAILED;
  }

  private void requireNeighbours(int images) {
    if (neighbours < 1 || neighbours >= images) {
      throw new ParameterException(
          spec.commandLine(),
          "--neighbours must be from 1 to one less than the images, which are %d, but was %d"
              .formatted(images, neighbours));
    }
  }

  private void print(SnapshotReader.Found a, SnapshotReader.Found b, ImageEmbedder.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    float[][] x = result.embeddings().get(0);
    float[][] y = result.embeddings().get(1);
    line(out, "first", described(a));
    line(out, "second", described(b));
    differences(out, a.snapshot(), b.snapshot());
    line(out, "images", Integer.toString(result.images().size()));
    line(
        out,
        "mean cosine",
        x[0].length == y[0].length
            ? number(RepresentationSimilarity.meanCosine(x, y))
            : "- (dimensions %d and %d)".formatted(x[0].length, y[0].length));
    double chance = neighbours / (2.0 * (x.length - 1) - neighbours);
    line(
        out,
        "neighbour overlap",
        "%s (%d neighbors; about %s by chance)"
            .formatted(
                number(RepresentationSimilarity.neighbourOverlap(x, y, neighbours)),
                neighbours,
                number(chance)));
    double cka = RepresentationSimilarity.linearCka(x, y);
    line(out, "linear CKA", Double.isNaN(cka) ? "- (all embeddings are equal)" : number(cka));
  }

  private static String described(SnapshotReader.Found found) {
    return "step %d, %s, %s"
        .formatted(
            found.snapshot().step(), Text.encoder(found.snapshot().settings()), found.path());
  }

  private static void differences(PrintWriter out, EncoderSnapshot a, EncoderSnapshot b) {
    Map<String, String> other = EncoderProperties.of(b.settings());
    for (Map.Entry<String, String> option : EncoderProperties.of(a.settings()).entrySet()) {
      String value = other.get(option.getKey());
      if (!value.equals(option.getValue())) {
        line(out, option.getKey(), option.getValue() + " and " + value);
      }
    }
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-22s  %s%n", name, Escapes.shown(value));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
