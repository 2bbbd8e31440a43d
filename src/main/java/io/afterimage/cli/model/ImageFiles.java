package io.afterimage.cli.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds the images of a list of files and folders. */
final class ImageFiles {
  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".webp");

  private ImageFiles() {}

  /**
   * The given files, and all images at any depth of the given folders, sorted by path.
   *
   * @throws IOException if a path does not exist, or a folder holds no image
   */
  static List<Path> find(List<Path> paths) throws IOException {
    List<Path> images = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        if (!Files.exists(path)) {
          throw new FileNotFoundException("there is no image or folder " + path);
        }
        images.add(path);
        continue;
      }
      try (Stream<Path> below = Files.walk(path)) {
        List<Path> found =
            below.filter(Files::isRegularFile).filter(ImageFiles::isImage).sorted().toList();
        if (found.isEmpty()) {
          throw new FileNotFoundException(
              "there is no image (%s) in the folder %s"
                  .formatted(String.join(", ", ENDINGS), path));
        }
        images.addAll(found);
      }
    }
    return images;
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }
}
