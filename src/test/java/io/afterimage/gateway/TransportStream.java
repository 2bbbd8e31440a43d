package io.afterimage.gateway;

import java.util.function.LongBinaryOperator;

/** The timestamps in the bytes of an MPEG transport stream of one video. */
final class TransportStream {
  private static final int PACKET_BYTES = 188;
  private static final int PES_TIMESTAMPS = 9;

  private TransportStream() {}

  /**
   * Rewrites every timestamp.
   *
   * @param change takes a picture's number in the stream and its timestamp to another (1/90,000 s)
   */
  static byte[] withTimestamps(byte[] stream, LongBinaryOperator change) {
    byte[] changed = stream.clone();
    long picture = 0;
    for (int packet = 0; packet < changed.length; packet += PACKET_BYTES) {
      boolean begins = (changed[packet + 1] & 0x40) != 0;
      int control = changed[packet + 3] >> 4 & 3;
      int payload = packet + 4 + (control == 3 ? 1 + (changed[packet + 4] & 0xff) : 0);
      boolean isVideo =
          begins && changed[payload + 2] == 1 && (changed[payload + 3] & 0xf0) == 0xe0;
      if (isVideo) {
        int stamps = changed[payload + 7] >> 6 & 3;
        for (int i = 0; i < Integer.bitCount(stamps); i++) {
          int at = payload + PES_TIMESTAMPS + 5 * i;
          write(changed, at, change.applyAsLong(picture, read(changed, at)));
        }
        picture++;
      }
    }
    return changed;
  }

  private static long read(byte[] bytes, int at) {
    return (bytes[at] >> 1 & 7L) << 30
        | (bytes[at + 1] & 0xffL) << 22
        | (bytes[at + 2] >> 1 & 0x7fL) << 15
        | (bytes[at + 3] & 0xffL) << 7
        | bytes[at + 4] >> 1 & 0x7fL;
  }

  private static void write(byte[] bytes, int at, long stamp) {
    bytes[at] = (byte) (bytes[at] & 0xf1 | stamp >> 29 & 0xe);
    bytes[at + 1] = (byte) (stamp >> 22);
    bytes[at + 2] = (byte) (stamp >> 14 & 0xfe | 1);
    bytes[at + 3] = (byte) (stamp >> 7);
    bytes[at + 4] = (byte) (stamp << 1 & 0xfe | 1);
  }
}
