package io.afterimage.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Named arrays in NumPy's format {@code .npz}: a zip with one {@code NAME.npy} per array. */
public final class NpzArchive {
  private static final String SUFFIX = ".npy";

  /** No array of an encoder is larger; a larger one is an attempt to exhaust the memory. */
  private static final int MOST_BYTES = 1 << 30;

  private NpzArchive() {}

  /** Writes uncompressed, as {@code numpy.savez} does; the same arrays give the same bytes. */
  public static void write(Map<String, NpyArray> arrays, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
      byte[] bytes = array.getValue().toBytes();
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(checksum.getValue());
      entry.setTime(0);
      zip.putNextEntry(entry);
      zip.write(bytes);
      zip.closeEntry();
    }
    zip.finish();
  }

  /**
   * The arrays by name, in the archive's order.
   *
   * @throws IOException if the bytes are not an archive of arrays, naming the entry that is not an
   *     array
   */
  public static Map<String, NpyArray> read(byte[] bytes) throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        byte[] content = zip.readNBytes(MOST_BYTES);
        if (content.length == MOST_BYTES) {
          throw new IOException("%s has more than %d bytes".formatted(name, MOST_BYTES - 1));
        }
        if (!name.endsWith(SUFFIX)) {
          throw new IOException("%s is not an .npy array".formatted(name));
        }
        try {
          arrays.put(name.substring(0, name.length() - SUFFIX.length()), NpyArray.parse(content));
        } catch (IOException e) {
          throw new IOException("%s: %s".formatted(name, e.getMessage()), e);
        }
      }
    }
    if (arrays.isEmpty()) {
      throw new IOException("it is not an .npz archive, or an empty one");
    }
    return arrays;
  }
}
