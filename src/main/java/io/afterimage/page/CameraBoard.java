package io.afterimage.page;

import io.afterimage.wire.FrameRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The cameras that publish, each with its latest frame and its rate. Thread-safe. */
final class CameraBoard {
  private static final int MOST_CAMERAS = 500;
  private static final int MOST_ID_BYTES = 256;

  private final Map<String, Camera> cameras = new LinkedHashMap<>(16, 0.75f, true);
  private final FramePictures pictures;
  private final RateMeter all = new RateMeter();

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
   * @param perSecond of the last seconds, by the clock on the wall (1/s)
   * @param captureMillis capture time of its latest frame (milliseconds since 1970, UTC)
   * @param silentMillis how long ago that frame was read (milliseconds)
   * @param partition where that frame is
   * @param offset where that frame is
   */
  record Shown(
      String camera,
      long frames,
      double perSecond,
      long captureMillis,
      long silentMillis,
      int partition,
      long offset) {}

  CameraBoard(FramePictures pictures) {
    this.pictures = pictures;
  }

  /** Takes in a record of the topic of frames. */
  synchronized void accept(ConsumerRecord<byte[], byte[]> message) {
    byte[] key = message.key();
    byte[] image = message.value();
    if (key == null || key.length > MOST_ID_BYTES || image == null) {
      return;
    }
    long now = System.currentTimeMillis();
    String id = new String(key, StandardCharsets.UTF_8);
    FrameRef frame = new FrameRef(id, message.timestamp(), message.partition(), message.offset());
    pictures.remember(frame, image);
    Camera camera = cameras.computeIfAbsent(id, any -> new Camera(frame));
    camera.frames++;
    camera.latest = frame;
    camera.arrivalMillis = now;
    camera.rate.mark(now);
    all.mark(now);
    Iterator<Camera> longestSilent = cameras.values().iterator();
    while (cameras.size() > MOST_CAMERAS) {
      longestSilent.next();
      longestSilent.remove();
    }
  }

  /** All cameras by id. */
  synchronized List<Shown> shown(long nowMillis) {
    List<Shown> shown = new ArrayList<>();
    new TreeMap<>(cameras)
        .forEach(
            (id, camera) ->
                shown.add(
                    new Shown(
                        id,
                        camera.frames,
                        camera.rate.perSecond(nowMillis),
                        camera.latest.captureMillis(),
                        nowMillis - camera.arrivalMillis,
                        camera.latest.partition(),
                        camera.latest.offset())));
    return shown;
  }

  /** Frames of all cameras (1/s). */
  synchronized double perSecond(long nowMillis) {
    return all.perSecond(nowMillis);
  }
}
