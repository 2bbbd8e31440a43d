package io.afterimage.cli.model;

import io.afterimage.model.SnapshotReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "embed",
    sortOptions = false,
    description = {
      "Embeds images with a snapshot, decoded and scaled as in the job. Images that"
          + " cannot be decoded are reported and left out; the exit code is then 1."
    })
final class EmbedCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The snapshot to embed with.")
  private String path = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Images, or folders of them (JPEG, PNG, WebP; at any depth).")
  private List<Path> images = List.of();

  @Option(
      names = "--format",
      defaultValue = "csv",
      description = {
        "One of ${COMPLETION-CANDIDATES}, in any case (default: ${DEFAULT-VALUE}).",
        "csv: image,0,1,...; json: step, encoder and a list of images with embeddings; npz: arrays "
            + "images (N) and embeddings (N, D)."
      })
  private EmbeddingsFile format = EmbeddingsFile.CSV;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "File to write (default: standard output, not for npz).")
  private @Nullable Path output;

  @Option(names = "--force", description = "Replace an existing file.")
  private boolean force;

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    if (output == null && format == EmbeddingsFile.NPZ) {
      throw new ParameterException(
          spec.commandLine(), "--output must be given with --format npz, which is not text");
    }
    if (output != null) {
      OutputFile.requireWritable(spec, output, force);
    }
    List<Path> found = ImageFiles.find(images);
    SnapshotReader.Found snapshot = Storage.reader(path).read(path);
    ImageEmbedder embedder = new ImageEmbedder(spec.commandLine().getErr());
    ImageEmbedder.Result result = embedder.embed(List.of(snapshot.snapshot()), found);
    byte[] bytes = format.encode(snapshot, result.images(), result.embeddings().get(0));
    if (output == null) {
      spec.commandLine().getOut().print(new String(bytes, StandardCharsets.UTF_8));
      spec.commandLine().getOut().flush();
    } else {
      OutputFile.write(output, bytes);
      spec.commandLine()
          .getErr()
          .printf(
              "%s: %d embeddings of dimension %d, by step %d of %s%n",
              output,
              result.images().size(),
              snapshot.snapshot().settings().embeddingSize(),
              snapshot.snapshot().step(),
              snapshot.path());
    }
    return embedder.rejected() == 0 ? 0 : ModelMain.FAILED;
  }
}
