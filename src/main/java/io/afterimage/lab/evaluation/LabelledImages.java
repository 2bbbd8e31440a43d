package io.afterimage.lab.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gray images with their classes.
 *
 * @param height height of each image (pixels)
 * @param width width of each image (pixels)
 * @param pixels {@code (N, height, width)} row-major, unsigned bytes; owned by this record
 * @param labels {@code (N)} classes, from 0; owned by this record
 */
record LabelledImages(int height, int width, byte[] pixels, int[] labels) {
  /**
   * Reads {@code PREFIX-images-idx3-ubyte} and {@code PREFIX-labels-idx1-ubyte}, either with or
   * without {@code .gz}.
   *
   * @param prefix {@code train} or {@code t10k}
   * @throws IOException naming the file that is missing or invalid
   */
  static LabelledImages read(Path directory, String prefix) throws IOException {
    Path imageFile = find(directory, prefix + "-images-idx3-ubyte");
    Path labelFile = find(directory, prefix + "-labels-idx1-ubyte");
    IdxFile images = IdxFile.read(imageFile, 3);
    IdxFile labels = IdxFile.read(labelFile, 1);
    if (images.shape()[0] != labels.shape()[0]) {
      throw new IOException(
          "%s holds %d images, but %s %d labels"
              .formatted(imageFile, images.shape()[0], labelFile, labels.shape()[0]));
    }
    int[] classes = new int[labels.values().length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = labels.values()[i] & 0xFF;
    }
    return new LabelledImages(images.shape()[1], images.shape()[2], images.values(), classes);
  }

  private static Path find(Path directory, String name) throws IOException {
    List<Path> candidates = List.of(directory.resolve(name + ".gz"), directory.resolve(name));
    Stream<Path> present = candidates.stream().filter(Files::exists);
    return present
        .findFirst()
        .orElseThrow(
            () ->
                new IOException("%s holds neither %s.gz nor %s".formatted(directory, name, name)));
  }

  /** One more than the greatest class. */
  int classes() {
    int greatest = 0;
    for (int label : labels) {
      greatest = Math.max(greatest, label);
    }
    return greatest + 1;
  }
}
