package io.afterimage.stream;

import io.afterimage.stream.TestTopics.Message;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * Everything that may lie in a topic and is no frame.
 *
 * @param reasons how often each reason must appear
 */
record Garbage(List<Message> messages, Map<String, Integer> reasons) {
  /**
   * So many records.
   *
   * @param frames what they are made of
   */
  static Garbage of(int count, List<Message> frames) throws IOException {
    Map<String, Integer> expected = new TreeMap<>();
    long now = frames.get(frames.size() / 2).timestamp();
    long wall = System.currentTimeMillis();
    byte[] camera = frames.get(0).key();
    byte[] good = frames.get(1).value();
    byte[] huge = png(10_000, 10_000);
    byte[] tiny = png(1, 1);
    Random random = new Random(11);
    List<Message> garbage = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] noise = new byte[1 + random.nextInt(2000)];
      random.nextBytes(noise);
      String reason;
      Message message;
      switch (i % 10) {
        case 0, 1 -> {
          reason = "undecodable";
          message = new Message(camera, noise, now);
        }
        case 2 -> {
          reason = "undecodable";
          byte[] truncated = Arrays.copyOf(good, good.length / 4 + random.nextInt(good.length / 2));
          message = new Message(camera, truncated, now);
        }
        case 3 -> {
          reason = "too-small";
          message = new Message(camera, tiny, now);
        }
        case 4 -> {
          reason = "too-large";
          message = new Message(camera, huge, now);
        }
        case 5 -> {
          reason = "empty";
          message = new Message(camera, i % 20 == 5 ? null : new byte[0], now);
        }
        case 6 -> {
          reason = "missing-camera";
          message = new Message(i % 20 == 6 ? null : new byte[0], good, now);
        }
        case 7 -> {
          reason = "implausible-time";
          message = new Message(camera, good, random.nextInt(1_000_000));
        }
        case 8 -> {
          reason = "implausible-time";
          long ahead = Duration.ofHours(2).toMillis() + random.nextLong(1L << 40);
          message = new Message(camera, good, i == 8 ? Long.MAX_VALUE : wall + ahead);
        }
        default -> {
          reason = "oversized";
          message = new Message(camera, new byte[70_000], now);
        }
      }
      expected.merge(reason, 1, Integer::sum);
      garbage.add(message);
    }
    return new Garbage(garbage, expected);
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), "png", bytes);
    return bytes.toByteArray();
  }
}
