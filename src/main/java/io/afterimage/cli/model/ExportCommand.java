package io.afterimage.cli.model;

import io.afterimage.model.EncoderNpz;
import io.afterimage.model.SnapshotReader;
import io.afterimage.model.onnx.OnnxExport;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    sortOptions = false,
    description = {
      "Writes a snapshot in a form that other programs read.",
      "onnx: uint8 images (batch, S, S, 3), red-green-blue, in; unit embeddings (batch, D) out.",
      "npz: every parameter as a NumPy array under its own name, and the encoder's options; a job "
          + "can start from it (encoder.warm-start)."
    })
final class ExportCommand implements Callable<Integer> {
  /** The formats, by file name extension. */
  enum Format {
    ONNX,
    NPZ
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SNAPSHOT", description = "The snapshot to export.")
  private String path = "";

  @Option(
      names = "--format",
      required = true,
      description = "One of ${COMPLETION-CANDIDATES}, in any case.")
  private Format format = Format.ONNX;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "File to write (default: encoder.onnx or encoder.npz in this directory).")
  private @Nullable Path output;

  @Option(names = "--force", description = "Replace an existing file.")
  private boolean force;

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    Path file =
        output == null ? Path.of("encoder." + format.name().toLowerCase(Locale.ROOT)) : output;
    OutputFile.requireWritable(spec, file, force);
    SnapshotReader.Found found = Storage.reader(path).read(path);
    OutputFile.write(file, bytes(found.snapshot()));
    spec.commandLine()
        .getOut()
        .printf(
            "%s: step %d of %s, %s%n",
            file, found.snapshot().step(), found.path(), Text.bytes(Files.size(file)));
    return 0;
  }

  private byte[] bytes(EncoderSnapshot snapshot) throws IOException {
    if (format == Format.ONNX) {
      return OnnxExport.encode(snapshot);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EncoderNpz.write(snapshot, out);
    return out.toByteArray();
  }
}
