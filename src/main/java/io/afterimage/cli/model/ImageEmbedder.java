package io.afterimage.cli.model;

import io.afterimage.frame.EncodedFrame;
import io.afterimage.frame.Frame;
import io.afterimage.frame.FrameDecoder;
import io.afterimage.frame.FrameDecoderSettings;
import io.afterimage.frame.FrameRejectedException;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.terminal.Escapes;
import io.afterimage.terminal.ProgressLine;
import io.afterimage.train.encoder.EncoderSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Embeds image files as the job embeds frames: the same decoding, the same encoder. */
final class ImageEmbedder {
  private static final int CHUNK = 256;
  private static final int MOST_BYTES = 256 << 20;
  private static final long MOST_PIXELS = 500_000_000;

  private final PrintWriter err;
  private int rejected;

  /**
   * @param err output for progress and for images that cannot be used
   */
  ImageEmbedder(PrintWriter err) {
    this.err = err;
  }

  /**
   * Images with their embeddings.
   *
   * @param images the images that could be decoded
   * @param embeddings {@code (encoders, images, D of the encoder)}
   */
  record Result(List<Path> images, List<float[][]> embeddings) {}

  /**
   * Embeds images with several encoders; an image that one of them cannot decode is left out of
   * all.
   */
  Result embed(List<EncoderSnapshot> snapshots, List<Path> images) throws IOException {
    List<Path> taken = new ArrayList<>();
    List<List<float[]>> embeddings = new ArrayList<>();
    List<SnapshotEncoder> encoders = new ArrayList<>();
    List<FrameDecoder> decoders = new ArrayList<>();
    ProgressLine progress = ProgressLine.on(err);
    try {
      for (EncoderSnapshot snapshot : snapshots) {
        encoders.add(new SnapshotEncoder(snapshot));
        embeddings.add(new ArrayList<>());
        decoders.add(
            new FrameDecoder(
                new FrameDecoderSettings(
                    snapshot.settings().frameSize(), MOST_BYTES, 1, MOST_PIXELS)));
      }
      for (int from = 0; from < images.size(); from += CHUNK) {
        List<Path> chunk = images.subList(from, Math.min(images.size(), from + CHUNK));
        List<List<byte[]>> pixels = new ArrayList<>();
        decoders.forEach(decoder -> pixels.add(new ArrayList<>()));
        for (int i = 0; i < chunk.size(); i++) {
          decode(chunk.get(i), decoders, pixels, taken, progress);
          if (progress.isDue()) {
            progress.show("%,d of %,d images".formatted(from + i + 1, images.size()));
          }
        }
        for (int i = 0; i < encoders.size(); i++) {
          embeddings.get(i).addAll(embed(encoders.get(i), snapshots.get(i), pixels.get(i)));
        }
      }
    } finally {
      progress.clear();
      encoders.forEach(SnapshotEncoder::close);
      decoders.forEach(FrameDecoder::close);
    }
    return new Result(
        taken, embeddings.stream().map(rows -> rows.toArray(float[][]::new)).toList());
  }

  private void decode(
      Path image,
      List<FrameDecoder> decoders,
      List<List<byte[]>> pixels,
      List<Path> taken,
      ProgressLine progress)
      throws IOException {
    EncodedFrame encoded = new EncodedFrame("file", 0, Files.readAllBytes(image), 0, 0);
    try {
      List<byte[]> decoded = new ArrayList<>();
      for (FrameDecoder decoder : decoders) {
        decoded.add(decoder.decode(encoded).pixels());
      }
      for (int i = 0; i < decoders.size(); i++) {
        pixels.get(i).add(decoded.get(i));
      }
      taken.add(image);
    } catch (FrameRejectedException e) {
      rejected++;
      progress.clear();
      err.printf(
          "model.sh: %s is left out, %s: %s%n",
          Escapes.shown(image.toString()), e.reason().label(), e.getMessage());
    }
  }

  private static List<float[]> embed(
      SnapshotEncoder encoder, EncoderSnapshot snapshot, List<byte[]> frames) {
    int frameBytes = Frame.bytes(snapshot.settings().frameSize());
    int dimension = snapshot.settings().embeddingSize();
    byte[] together = new byte[frames.size() * frameBytes];
    for (int i = 0; i < frames.size(); i++) {
      System.arraycopy(frames.get(i), 0, together, i * frameBytes, frameBytes);
    }
    float[] embeddings = encoder.embed(together, frames.size());
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      rows.add(Arrays.copyOfRange(embeddings, i * dimension, (i + 1) * dimension));
    }
    return rows;
  }

  /** The number of images that could not be decoded. */
  int rejected() {
    return rejected;
  }
}
