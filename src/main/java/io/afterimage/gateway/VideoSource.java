package io.afterimage.gateway;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.FrameSource;
import io.afterimage.frame.SourceFaults;
import io.afterimage.gateway.video.FfmpegException;
import io.afterimage.gateway.video.Mp4Index;
import io.afterimage.gateway.video.RgbScaler;
import io.afterimage.gateway.video.VideoReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source read with FFmpeg: a file, RTSP, HTTP, a webcam ({@code /dev/video0}).
 *
 * <p>A local file, or a remote one of known length, is read at any speed: its capture times are the
 * start time plus the position, and it ends. All other sources are live: capture times are the wall
 * clock's at arrival, and an end counts as an outage. An HTTP URL that answers with a single image
 * is live, too, and is polled for each picture. Pictures that are not taken are decoded, but not
 * scaled.
 */
public final class VideoSource implements FrameSource {
  private static final Logger LOG = LoggerFactory.getLogger(VideoSource.class);

  /** Tolerance for the end of a remote file, since lengths in headers are approximate. */
  private static final long MISSING_MICROS = 2_000_000;

  private final String camera;
  private final CameraAddress url;
  private final VideoSettings settings;
  private final FrameSampler sampler;
  private final Polls polls;

  private @Nullable Opened opened;
  private long nextRunMicros;
  private long lastCaptureMicros;
  private SourceFaults faults = SourceFaults.NONE;

  /** The resources between {@link #open} and {@link #close}: one pass through the video. */
  private record Opened(VideoReader reader, RgbScaler scaler, long beginMicros) {}

  /**
   * @param camera the camera's id
   * @param url a file name, URL or device, as FFmpeg takes it
   */
  public VideoSource(String camera, String url, VideoSettings settings) {
    this(camera, CameraAddress.of(url), settings);
  }

  VideoSource(String camera, CameraAddress url, VideoSettings settings) {
    this.camera = camera;
    this.url = url;
    this.settings = settings;
    this.sampler = new FrameSampler(settings.fps());
    this.polls = new Polls(settings.fps());
    this.nextRunMicros = settings.startTime().toEpochMilli() * 1_000;
  }

  /** The same, with another capture time for the first frame of a file. */
  public VideoSource startingAt(Instant start) {
    return new VideoSource(camera, url, settings.startingAt(start));
  }

  @Override
  public String camera() {
    return camera;
  }

  @Override
  public boolean live() {
    return !url.isRegularFile()
        && (url.isAlwaysLive()
            || opened == null
            || isSnapshot(opened)
            || opened.reader.lengthMicros() == 0);
  }

  /** Whether the URL returns one picture per request. */
  private boolean isSnapshot(Opened run) {
    return url.isHttp() && run.reader.isImage();
  }

  @Override
  public SourceFaults faults() {
    return faults;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if it is a local file that FFmpeg cannot read
   */
  @Override
  public void open() throws IOException {
    close();
    polls.begin();
    Map<String, String> options = new HashMap<>(url.defaultOptions(settings.timeout()));
    options.putAll(settings.options());
    String format = url.isWebcam() ? "v4l2" : null;
    try {
      VideoReader reader = new VideoReader(url.forFfmpeg(), format, options);
      opened = new Opened(reader, new RgbScaler(settings.width()), nextRunMicros);
    } catch (FfmpegException e) {
      throw cannotOpen(e);
    }
  }

  private IOException cannotOpen(FfmpegException e) {
    String message = "cannot open %s: ".formatted(url);
    if (!url.isRegularFile()) {
      return new IOException(message + e.getMessage(), e);
    }
    boolean unfinished = Mp4Index.isIncomplete(Path.of(url.forFfmpeg()));
    throw new IllegalArgumentException(
        message + (unfinished ? "it is an MP4 without its index, cut short" : e.getMessage()), e);
  }

  @Override
  public @Nullable CapturedImage next() throws IOException {
    while (true) {
      if (opened == null) {
        throw new IllegalStateException("%s is not open".formatted(url));
      }
      Opened run = opened;
      AVFrame picture = run.reader.next();
      if (picture != null) {
        long captureMicros = captureMicros(run);
        if (isSnapshot(run) || sampler.takes(captureMicros)) {
          return run.scaler.scale(picture, run.reader.orientation(), captureMicros / 1_000);
        }
      } else if (!beginsAnew(run)) {
        return null;
      }
    }
  }

  private long captureMicros(Opened run) {
    long micros =
        live() ? System.currentTimeMillis() * 1_000 : run.beginMicros + timeInFile(run.reader);
    lastCaptureMicros = Math.max(lastCaptureMicros, micros);
    nextRunMicros = lastCaptureMicros + run.reader.intervalMicros();
    return lastCaptureMicros;
  }

  private long timeInFile(VideoReader reader) {
    long jumpsBefore = reader.jumps();
    long time = reader.timeMicros();
    if (reader.jumps() > jumpsBefore) {
      if (faults.clockJumps() == 0) {
        LOG.warn(
            "Camera {}: the timestamps of {} jump by {} s after {} s; capture times"
                + " continue from there. Further jumps are only counted.",
            camera,
            url,
            reader.lastJumpMicros() / 1_000 / 1e3,
            time / 1_000 / 1e3);
      }
      faults = faults.withClockJump();
    }
    return time;
  }

  /** Handles the end of the stream: an outage, the next pass through the file, or the end. */
  private boolean beginsAnew(Opened ended) throws IOException {
    if (isSnapshot(ended) && ended.reader.pictures() > 0) {
      polls.awaitNext();
      open();
      return true;
    }
    String cutShort = ended.reader.cutShort();
    if (live()) {
      throw new IOException(
          "%s ended the stream%s".formatted(url, cutShort == null ? "" : ": " + cutShort));
    }
    long length = ended.reader.declaredMicros();
    if (!url.isLocal()
        && ended.reader.jumps() == 0
        && ended.reader.timeMicros() + MISSING_MICROS < length) {
      throw new IOException(
          "%s broke off after %d of %d s"
              .formatted(url, ended.reader.timeMicros() / 1_000_000, length / 1_000_000));
    }
    if (ended.reader.pictures() == 0) {
      throw new IllegalArgumentException(
          "cannot read %s: it has no pictures%s"
              .formatted(url, cutShort == null ? "" : " (" + cutShort + ")"));
    }
    if (cutShort != null) {
      noteCutShort(cutShort);
    }
    if (!settings.loop()) {
      return false;
    }
    open();
    return true;
  }

  private void noteCutShort(String reason) {
    if (faults.cutShort() == 0) {
      LOG.warn("Camera {}: {} is cut short: {}", camera, url, reason);
    }
    faults = faults.withCutShort();
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.scaler.close();
      opened.reader.close();
      opened = null;
    }
  }
}
