package io.afterimage.gateway.video;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The index of an MP4 or QuickTime file, its box {@code moov}: often written last. */
public final class Mp4Index {
  private static final int FTYP = 0x66747970;
  private static final int MOOV = 0x6d6f6f76;

  /** Marks a size that follows the type. */
  private static final int LONG_SIZE = 1;

  private static final int HEADER_BYTES = 8;
  private static final int LONG_HEADER_BYTES = 16;

  private Mp4Index() {}

  /**
   * Whether a file begins as an MP4, but its index is missing or incomplete: the file was
   * truncated, or its recording never finished.
   */
  public static boolean isIncomplete(Path file) {
    try (InputStream in = Files.newInputStream(file);
        DataInputStream boxes = new DataInputStream(in)) {
      long size = Integer.toUnsignedLong(boxes.readInt());
      int type = boxes.readInt();
      if (type != FTYP) {
        return false;
      }
      while (true) {
        boolean isLong = size == LONG_SIZE;
        long body = isLong ? boxes.readLong() - LONG_HEADER_BYTES : size - HEADER_BYTES;
        if (body < 0) {
          return type != MOOV;
        }
        boxes.skipNBytes(body);
        if (type == MOOV) {
          return false;
        }
        size = Integer.toUnsignedLong(boxes.readInt());
        type = boxes.readInt();
      }
    } catch (EOFException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
