package io.afterimage.lab.evaluation;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * An array of unsigned bytes in the IDX format, the format of the MNIST family of data sets.
 *
 * <p>Big-endian: two zero bytes, the element type (8: unsigned byte), the number of dimensions, the
 * length of each dimension (4 bytes), the elements row-major.
 *
 * @param shape length of each dimension
 * @param values the elements, row-major; owned by this record, not to be written to
 */
record IdxFile(int[] shape, byte[] values) {
  private static final int UNSIGNED_BYTE = 8;

  /**
   * Reads a file; a name that ends in .gz means that it is compressed.
   *
   * @param rank the number of dimensions that the file must have
   * @throws IOException naming the file, if it cannot be read or is not of this format
   */
  static IdxFile read(Path file, int rank) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("%s cannot be read".formatted(file));
    }
    try (InputStream bytes = Files.newInputStream(file);
        DataInputStream in =
            new DataInputStream(
                new BufferedInputStream(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes))) {
      return read(file, rank, in);
    } catch (EOFException e) {
      throw new IOException("%s ends too early for an IDX file".formatted(file), e);
    } catch (java.util.zip.ZipException e) {
      throw new IOException("%s is not a gzip file: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static IdxFile read(Path file, int rank, DataInputStream in) throws IOException {
    int magic = in.readInt();
    if (magic >>> 16 != 0 || (magic >>> 8 & 0xFF) != UNSIGNED_BYTE || (magic & 0xFF) != rank) {
      throw new IOException(
          ("%s must start with %08x, an IDX file of unsigned bytes in %d dimensions, but"
                  + " starts with %08x")
              .formatted(file, UNSIGNED_BYTE << 8 | rank, rank, magic));
    }
    int[] shape = new int[rank];
    long elements = 1;
    for (int i = 0; i < rank; i++) {
      shape[i] = in.readInt();
      if (shape[i] < 1 || (elements *= shape[i]) > Integer.MAX_VALUE - 8) {
        throw new IOException(
            "%s has the shape %s, which is empty or too large"
                .formatted(file, Arrays.toString(Arrays.copyOf(shape, i + 1))));
      }
    }
    byte[] values = in.readNBytes((int) elements);
    if (values.length < elements) {
      throw new EOFException();
    }
    if (in.read() >= 0) {
      throw new IOException(
          "%s has data after the %d elements that its header declares".formatted(file, elements));
    }
    return new IdxFile(shape, values);
  }
}
