package io.afterimage.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An array in NumPy's format {@code .npy}.
 *
 * <p>Format 1.0: the bytes {@code \x93NUMPY 1 0}, the length of the header (2 bytes,
 * little-endian), the header as a Python dictionary padded with spaces to start the data at a
 * multiple of 64, the data. Formats 2.0 and 3.0, whose headers may be longer, are read as well.
 *
 * @param descr NumPy's type descriptor: {@code <f4}, {@code <i8}, {@code <U12}
 * @param shape empty for a single value
 * @param data the values, row-major, of type {@code descr}; owned by this record
 */
public record NpyArray(String descr, int[] shape, ByteBuffer data) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final Charset UTF_32 = Charset.forName("UTF-32LE");
  private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([^']*)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9,\\s]*)\\)");

  /** Single-precision numbers. */
  public static NpyArray floats(float[] values, long... shape) {
    ByteBuffer data = littleEndian(values.length * Float.BYTES);
    data.asFloatBuffer().put(values);
    return new NpyArray("<f4", toInts(shape), data);
  }

  /** One integer. */
  public static NpyArray integer(long value) {
    ByteBuffer data = littleEndian(Long.BYTES);
    data.putLong(0, value);
    return new NpyArray("<i8", new int[0], data);
  }

  /** One text. */
  public static NpyArray text(String value) {
    return texts(List.of(value), new int[0]);
  }

  /** A row of texts. */
  public static NpyArray texts(List<String> values) {
    return texts(values, new int[] {values.size()});
  }

  private static NpyArray texts(List<String> values, int[] shape) {
    int longest = 1;
    for (String value : values) {
      longest = Math.max(longest, value.codePointCount(0, value.length()));
    }
    ByteBuffer data = littleEndian(Math.multiplyExact(values.size(), longest * Integer.BYTES));
    for (int i = 0; i < values.size(); i++) {
      data.position(i * longest * Integer.BYTES);
      data.put(values.get(i).getBytes(UTF_32));
    }
    data.rewind();
    return new NpyArray("<U" + longest, shape, data);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int[] toInts(long[] shape) {
    int[] ints = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      ints[i] = Math.toIntExact(shape[i]);
    }
    return ints;
  }

  /** The array as {@code .npy}. */
  public byte[] toBytes() {
    List<String> sides = new ArrayList<>();
    for (int side : shape) {
      sides.add(Integer.toString(side));
    }
    String tuple = sides.size() == 1 ? sides.get(0) + "," : String.join(", ", sides);
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(descr, tuple);
    int unpadded = MAGIC.length + 4 + header.length() + 1;
    int padding = Math.floorMod(-unpadded, ALIGNMENT);
    byte[] head = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    out.write(1);
    out.write(0);
    out.write(head.length & 0xff);
    out.write(head.length >> 8);
    out.writeBytes(head);
    out.write(data.array(), data.arrayOffset(), data.capacity());
    return out.toByteArray();
  }

  /**
   * An array from {@code .npy}.
   *
   * @throws IOException if the bytes are not an array, or its values are not in row-major order
   */
  public static NpyArray parse(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      byte[] magic = new byte[MAGIC.length];
      in.get(magic);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new IOException("an .npy array starts with \\x93NUMPY, but this does not");
      }
      int version = in.get();
      in.get();
      int headerLength = version == 1 ? in.getShort() & 0xffff : in.getInt();
      if (headerLength < 0 || headerLength > in.remaining()) {
        throw new IOException("the .npy header cannot have %d bytes".formatted(headerLength));
      }
      byte[] head = new byte[headerLength];
      in.get(head);
      String header = new String(head, StandardCharsets.UTF_8);
      if (find(FORTRAN, header).equals("True")) {
        throw new IOException(
            "the array is in column-major order; numpy.ascontiguousarray makes it row-major");
      }
      return new NpyArray(
          find(DESCR, header),
          shape(find(SHAPE, header)),
          in.slice().order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException e) {
      throw new IOException("the .npy array ends early, after %d bytes".formatted(bytes.length), e);
    } catch (NumberFormatException e) {
      throw new IOException("the .npy array is larger than can be read", e);
    }
  }

  private static String find(Pattern pattern, String header) throws IOException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IOException("the .npy header is not understood: " + header.strip());
    }
    return matcher.group(1);
  }

  private static int[] shape(String tuple) {
    return Arrays.stream(tuple.split(","))
        .map(String::strip)
        .filter(side -> !side.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  /** The number of values, by the shape. */
  public long length() {
    long length = 1;
    for (int side : shape) {
      length *= side;
    }
    return length;
  }

  /**
   * The values as single-precision numbers.
   *
   * @throws IOException if they are not floating-point numbers, or their number does not match the
   *     shape
   */
  public float[] toFloats() throws IOException {
    switch (descr) {
      case "<f4" -> {
        requireBytes(Float.BYTES);
        float[] values = new float[(int) length()];
        data.asFloatBuffer().get(values);
        return values;
      }
      case "<f8" -> {
        requireBytes(Double.BYTES);
        float[] values = new float[(int) length()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) data.getDouble(i * Double.BYTES);
        }
        return values;
      }
      default -> throw new IOException("the values must be float32 or float64, but were " + descr);
    }
  }

  /**
   * The single value, text or an integer, as text.
   *
   * @throws IOException if it is neither, or more than one
   */
  public String toText() throws IOException {
    if (length() != 1) {
      throw new IOException("one value was expected, but there were %d".formatted(length()));
    }
    if (descr.equals("<i8")) {
      requireBytes(Long.BYTES);
      return Long.toString(data.getLong(0));
    }
    if (descr.equals("<i4")) {
      requireBytes(Integer.BYTES);
      return Integer.toString(data.getInt(0));
    }
    if (descr.matches("<U\\d{1,6}")) {
      requireBytes(Integer.BYTES * Integer.parseInt(descr.substring(2)));
      byte[] text = new byte[data.capacity()];
      data.get(0, text);
      // Shorter texts are padded with zeros.
      return new String(text, UTF_32).replace("\0", "");
    }
    throw new IOException("text or an integer was expected, but the type was " + descr);
  }

  private void requireBytes(int each) throws IOException {
    if (data.capacity() != length() * each) {
      throw new IOException(
          "%s values of shape %s must have %d bytes, but had %d"
              .formatted(descr, shownShape(), length() * each, data.capacity()));
    }
  }

  /** The shape in Python's notation: {@code (3, 3, 32, 64)}. */
  public String shownShape() {
    return Arrays.stream(shape)
        .mapToObj(side -> String.format(Locale.ROOT, "%d", side))
        .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
  }
}
