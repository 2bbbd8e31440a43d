package io.afterimage.gateway;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.FrameSource;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.jspecify.annotations.Nullable;

/**
 * Anything that FFmpeg opens: a file, RTSP, HTTP, a webcam ({@code /dev/video0}).
 *
 * <p>A local file, or a remote one of known length, is read at any speed: its capture times are the
 * start time plus the position, and it ends. Anything else is live: capture times are the wall
 * clock's when the picture came, and an end is an outage. Only the pictures that are taken are
 * scaled; those between them are just decoded.
 */
public final class VideoSource implements FrameSource {
  private static final Pattern ERROR_CODE = Pattern.compile("error (-\\d+)");

  /** How much of a remote file may be missing at its end; lengths in headers are rough. */
  private static final long MISSING_MICROS = 2_000_000;

  private final String camera;
  private final CameraAddress url;
  private final VideoSettings settings;

  private @Nullable Opened opened;
  private long nextRunMicros;
  private long lastCaptureMicros;

  /** What lives from {@link #open} to {@link #close}. */
  private record Opened(FFmpegFrameGrabber grabber, RgbScaler scaler) {}

  /** One run through the video, from its first picture. */
  private static final class Run {
    private final long beginMicros;
    private final FrameSampler sampler;
    private long firstTimestamp = Long.MIN_VALUE;
    private long positionMicros;

    Run(long beginMicros, double fps) {
      this.beginMicros = beginMicros;
      this.sampler = new FrameSampler(fps);
    }
  }

  private @Nullable Run run;

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
    return !url.isRegularFile() && (opened == null || opened.grabber.getLengthInTime() <= 0);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if it is a local file that FFmpeg cannot read
   */
  @Override
  public void open() throws IOException {
    close();
    // What goes wrong is thrown; FFmpeg's own lines would bury it, and show logins.
    av_log_set_level(AV_LOG_QUIET);
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(url.forFfmpeg());
    // As decoded: what is not taken need not be converted.
    grabber.setImageMode(FrameGrabber.ImageMode.RAW);
    url.defaultOptions(settings.timeout()).forEach(grabber::setOption);
    settings.options().forEach(grabber::setOption);
    if (url.isWebcam()) {
      grabber.setFormat("v4l2");
    }
    try {
      grabber.start();
      if (!grabber.hasVideo()) {
        throw new FrameGrabber.Exception("there is no video in it");
      }
    } catch (FrameGrabber.Exception e) {
      release(grabber);
      String message = "cannot open %s: %s".formatted(url, reason(e));
      if (url.isRegularFile()) {
        throw new IllegalArgumentException(message);
      }
      throw new IOException(message);
    }
    opened = new Opened(grabber, new RgbScaler(settings.width()));
    run = new Run(nextRunMicros, settings.fps());
  }

  @Override
  public @Nullable CapturedImage next() throws IOException {
    while (true) {
      if (opened == null || run == null) {
        throw new IllegalStateException("%s is not open".formatted(url));
      }
      AVFrame picture = decode(opened.grabber);
      if (picture != null) {
        long captureMicros = captureMicros(run, opened.grabber.getTimestamp());
        if (run.sampler.takes(captureMicros)) {
          return opened.scaler.scale(picture, captureMicros / 1_000);
        }
      } else if (!beginsAnew(run, opened.grabber.getLengthInTime())) {
        return null;
      }
    }
  }

  /** The next picture of the stream, valid until the one after it; null at the end. */
  private @Nullable AVFrame decode(FFmpegFrameGrabber grabber) throws IOException {
    try {
      Frame frame = grabber.grabFrame(false, true, true, false);
      return frame == null ? null : (AVFrame) frame.opaque;
    } catch (FrameGrabber.Exception e) {
      throw new IOException("cannot read %s: %s".formatted(url, reason(e)));
    }
  }

  private long captureMicros(Run run, long timestamp) {
    long micros;
    if (live()) {
      micros = System.currentTimeMillis() * 1_000;
    } else {
      if (run.firstTimestamp == Long.MIN_VALUE) {
        run.firstTimestamp = timestamp;
      }
      run.positionMicros = Math.max(run.positionMicros, timestamp - run.firstTimestamp);
      micros = run.beginMicros + run.positionMicros;
    }
    lastCaptureMicros = Math.max(lastCaptureMicros, micros);
    nextRunMicros = Math.max(nextRunMicros, lastCaptureMicros + Math.round(1e6 / settings.fps()));
    return lastCaptureMicros;
  }

  /** What the end of the stream means: an outage, the next run through the file, or the end. */
  private boolean beginsAnew(Run ended, long lengthMicros) throws IOException {
    if (live()) {
      throw new IOException("%s ended the stream".formatted(url));
    }
    if (!url.isLocal() && ended.positionMicros + MISSING_MICROS < lengthMicros) {
      throw new IOException(
          "%s broke off after %d of %d s"
              .formatted(url, ended.positionMicros / 1_000_000, lengthMicros / 1_000_000));
    }
    if (!settings.loop()) {
      return false;
    }
    if (ended.firstTimestamp == Long.MIN_VALUE) {
      throw new IllegalArgumentException("cannot loop %s: it has no pictures".formatted(url));
    }
    nextRunMicros = Math.max(nextRunMicros, ended.beginMicros + lengthMicros);
    open();
    return true;
  }

  /**
   * FFmpeg's word for the error whose number JavaCV gives. Takes the place of the exception, whose
   * message may show the login.
   */
  private String reason(FrameGrabber.Exception e) {
    String message = String.valueOf(e.getMessage());
    Matcher code = ERROR_CODE.matcher(message);
    if (!code.find()) {
      return url.scrub(message);
    }
    try (BytePointer text = new BytePointer(256)) {
      av_strerror(Integer.parseInt(code.group(1)), text, text.capacity());
      // Without a limit it is read up to its zero byte.
      return text.limit(0).getString();
    }
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.scaler.close();
      release(opened.grabber);
      opened = null;
      run = null;
    }
  }

  private static void release(FFmpegFrameGrabber grabber) {
    try {
      grabber.release();
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException("FFmpeg could not let go of its stream", e);
    }
  }
}
