package io.afterimage.page;

import io.afterimage.wire.FrameRecord;
import io.afterimage.wire.FrameRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The cameras that publish, each with its latest frame and its rate, in bounded memory: when it is
 * full, a new camera replaces one that has been silent for a while. Thread-safe.
 */
final class CameraBoard {
  /** Most cameras that one answer to a browser lists. */
  static final int MOST_SHOWN = 500;

  private static final int MOST_HELD = 10_000;

  /**
   * A camera that was silent for less than this is not replaced, since that would falsify rates.
   */
  private static final long SILENT_MILLIS = 60_000;

  private final int mostHeld;
  private final Map<String, Camera> byArrival = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Camera> byName = new TreeMap<>(new NumberedNames());
  private final FramePictures pictures;
  private final RateMeter all = new RateMeter();
  private boolean full;

  private static final class Camera {
    private final RateMeter rate = new RateMeter();
    private long frames;
    private long arrivalMillis;
    private FrameRef latest;

    Camera(FrameRef latest) {
      this.latest = latest;
    }
  }

  /**
   * A camera as it is shown.
   *
   * @param camera its id
   * @param frames its frames since the page was started
   * @param perSecond frame rate of the last seconds, by wall clock (frames/s)
   * @param captureMillis capture time of its latest frame (milliseconds since 1970, UTC)
   * @param silentMillis time since that frame was read (milliseconds)
   * @param partition partition of that frame
   * @param offset offset of that frame
   */
  record Shown(
      String camera,
      long frames,
      double perSecond,
      long captureMillis,
      long silentMillis,
      int partition,
      long offset) {}

  /**
   * The result of a search for cameras.
   *
   * @param held cameras in memory
   * @param full whether further cameras found no room
   * @param matching cameras in memory that match
   * @param shown the first of the matching cameras, by name
   */
  record Found(int held, boolean full, int matching, List<Shown> shown) {}

  CameraBoard(FramePictures pictures) {
    this(pictures, MOST_HELD);
  }

  CameraBoard(FramePictures pictures, int mostHeld) {
    this.pictures = pictures;
    this.mostHeld = mostHeld;
  }

  /** Adds a record of the topic of frames. */
  void accept(ConsumerRecord<byte[], byte[]> message) {
    accept(message, System.currentTimeMillis());
  }

  /**
   * @param nowMillis the clock (milliseconds since 1970, UTC)
   */
  synchronized void accept(ConsumerRecord<byte[], byte[]> message, long nowMillis) {
    byte[] key = message.key();
    byte[] image = message.value();
    if (key == null || key.length > FrameRecord.MAX_CAMERA_BYTES || image == null) {
      return;
    }
    String id = new String(key, StandardCharsets.UTF_8);
    FrameRef frame = new FrameRef(id, message.timestamp(), message.partition(), message.offset());
    pictures.remember(frame, image);
    all.mark(nowMillis);
    Camera camera = byArrival.get(id);
    if (camera == null) {
      if (byArrival.size() >= mostHeld && !makeRoom(nowMillis)) {
        full = true;
        return;
      }
      camera = new Camera(frame);
      byArrival.put(id, camera);
      byName.put(id, camera);
    }
    camera.frames++;
    camera.latest = frame;
    camera.arrivalMillis = nowMillis;
    camera.rate.mark(nowMillis);
  }

  private boolean makeRoom(long nowMillis) {
    Camera longestSilent = byArrival.values().iterator().next();
    if (nowMillis - longestSilent.arrivalMillis < SILENT_MILLIS) {
      return false;
    }
    byArrival.remove(longestSilent.latest.camera());
    byName.remove(longestSilent.latest.camera());
    return true;
  }

  /**
   * The cameras whose ids contain a text, ignoring case.
   *
   * @param text empty for all cameras
   */
  synchronized Found find(String text, long nowMillis) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    List<Shown> shown = new ArrayList<>();
    int matching = 0;
    for (Map.Entry<String, Camera> each : byName.entrySet()) {
      if (each.getKey().toLowerCase(Locale.ROOT).contains(wanted)) {
        matching++;
        if (shown.size() < MOST_SHOWN) {
          shown.add(shown(each.getKey(), each.getValue(), nowMillis));
        }
      }
    }
    return new Found(byName.size(), full, matching, shown);
  }

  private static Shown shown(String id, Camera camera, long nowMillis) {
    return new Shown(
        id,
        camera.frames,
        camera.rate.perSecond(nowMillis),
        camera.latest.captureMillis(),
        nowMillis - camera.arrivalMillis,
        camera.latest.partition(),
        camera.latest.offset());
  }

  /** Frames of all cameras (1/s). */
  synchronized double perSecond(long nowMillis) {
    return all.perSecond(nowMillis);
  }
}
