package io.afterimage.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files of the local machine. A path is a local path or a {@code file:} URI. */
public final class LocalFiles implements SnapshotFiles {
  @Override
  public List<String> list(String directory) throws IOException {
    Path path = path(directory);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(path)) {
      return children.map(child -> child.getFileName().toString()).toList();
    }
  }

  @Override
  public boolean isDirectory(String path) {
    return Files.isDirectory(path(path));
  }

  @Override
  public long length(String file) throws IOException {
    Path path = path(file);
    try {
      return Files.isRegularFile(path) ? Files.size(path) : -1;
    } catch (NoSuchFileException e) {
      // Deleted between the two checks.
      return -1;
    }
  }

  @Override
  public byte[] read(String file) throws IOException {
    try {
      return Files.readAllBytes(path(file));
    } catch (NoSuchFileException e) {
      throw (FileNotFoundException)
          new FileNotFoundException("there is no file " + file).initCause(e);
    }
  }

  @Override
  public void write(String file, byte[] bytes) throws IOException {
    Path path = path(file);
    if (path.getParent() != null) {
      Files.createDirectories(path.getParent());
    }
    Files.write(path, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public void move(String from, String to) throws IOException {
    Path target = path(to);
    if (Files.isDirectory(target)) {
      throw new DirectoryNotEmptyException(to);
    }
    Files.move(path(from), target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String path) throws IOException {
    Path root = path(path);
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Path path(String path) {
    return path.startsWith("file:") ? Path.of(URI.create(path)) : Path.of(path);
  }
}
