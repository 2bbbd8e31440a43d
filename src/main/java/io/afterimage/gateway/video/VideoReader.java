package io.afterimage.gateway.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The decoded pictures of a video, each with its time since the first one. Damaged pictures are
 * concealed as far as FFmpeg can, or skipped. Used by one thread.
 */
public final class VideoReader implements AutoCloseable {
  /** A longer step forward is a jump, if the clock may restart. */
  private static final long MAX_GAP_MICROS = TimeUnit.SECONDS.toMicros(10);

  /**
   * A longer step forward is a jump even in a container with one clock, too long for a pause in
   * recording.
   */
  private static final long MAX_PAUSE_MICROS = TimeUnit.HOURS.toMicros(1);

  /** In a slow video, up to this many intervals are not a jump. */
  private static final long GAP_INTERVALS = 20;

  /** Most consecutive undecodable pictures among those that a decoder still holds at the end. */
  private static final int MAX_ERRORS_AT_END = 100;

  private final Demuxer demuxer;
  private final AVCodecContext decoder;
  private final AVPacket packet;
  private final AVFrame picture;
  private final AVFrame ahead;
  private final long intervalMicros;
  private final PictureClock clock;

  private boolean hasAhead;
  private boolean isTimed;
  private boolean drained;
  private int errorsAtEnd;
  private boolean lastDamaged;
  private Orientation orientation = Orientation.UPRIGHT;
  private long pictures;
  private long timeMicros;

  /**
   * @param location a file name, URL or device, as FFmpeg takes it
   * @param format the name of FFmpeg's input format, or null to detect it
   * @param options options of FFmpeg's protocol and format
   */
  public VideoReader(String location, @Nullable String format, Map<String, String> options)
      throws FfmpegException {
    demuxer = new Demuxer(location, format, options);
    // Not before: a camera that is away is opened again and again.
    packet = av_packet_alloc();
    picture = av_frame_alloc();
    ahead = av_frame_alloc();
    AVCodec codec = avcodec_find_decoder(demuxer.video().codecpar().codec_id());
    decoder = avcodec_alloc_context3(codec);
    intervalMicros = demuxer.intervalMicros();
    long gap = demuxer.mayJump() ? MAX_GAP_MICROS : MAX_PAUSE_MICROS;
    clock =
        new PictureClock(
            intervalMicros, Math.max(gap, GAP_INTERVALS * intervalMicros), demuxer.wrapMicros());
    try {
      if (codec == null) {
        throw new FfmpegException("there is no decoder for its video");
      }
      FfmpegException.check(avcodec_parameters_to_context(decoder, demuxer.video().codecpar()));
      decoder.pkt_timebase(demuxer.video().time_base());
      // One thread per core.
      decoder.thread_count(0);
      FfmpegException.check(avcodec_open2(decoder, codec, (AVDictionary) null));
    } catch (FfmpegException e) {
      close();
      throw e;
    }
  }

  /** The duration of the video, perhaps estimated from its size, or 0 (microseconds). */
  public long lengthMicros() {
    return demuxer.lengthMicros();
  }

  /** The declared duration of the video, or 0 if unknown (microseconds). */
  public long declaredMicros() {
    return demuxer.declaredMicros();
  }

  /** The time from one picture to the next by the video's frame rate (microseconds). */
  public long intervalMicros() {
    return intervalMicros;
  }

  /** Whether the input is an image rather than a video. */
  public boolean isImage() {
    return demuxer.isImage();
  }

  /** The next picture, valid until the one after it; null at the end. */
  public @Nullable AVFrame next() {
    if (hasAhead) {
      av_frame_unref(picture);
      av_frame_move_ref(picture, ahead);
      hasAhead = false;
    } else if (!decode(picture)) {
      return null;
    }
    orientation = Orientation.of(picture, orientation);
    pictures++;
    isTimed = false;
    return picture;
  }

  private boolean decode(AVFrame into) {
    int code = avcodec_receive_frame(decoder, into);
    while (code < 0) {
      lastDamaged |= code != AVERROR_EAGAIN() && code != AVERROR_EOF;
      if (code == AVERROR_EOF || drained && ++errorsAtEnd > MAX_ERRORS_AT_END) {
        return false;
      }
      if (!drained) {
        feed();
      }
      code = avcodec_receive_frame(decoder, into);
    }
    lastDamaged = into.decode_error_flags() != 0;
    return true;
  }

  private void feed() {
    if (demuxer.read(packet)) {
      int code = avcodec_send_packet(decoder, packet);
      lastDamaged |= code < 0;
      av_packet_unref(packet);
    } else {
      drained = true;
      avcodec_send_packet(decoder, null);
    }
  }

  /** Number of pictures so far. */
  public long pictures() {
    return pictures;
  }

  /** The orientation of the last picture. */
  public Orientation orientation() {
    return orientation;
  }

  /**
   * The last picture's time since the first one by their timestamps (microseconds). If used at all,
   * must be called for every picture; it may wait for the picture after it.
   */
  public long timeMicros() {
    if (pictures > 0 && !isTimed) {
      long stamp = stamp(picture);
      if (clock.needsNext(stamp)) {
        hasAhead = decode(ahead);
      }
      timeMicros = clock.timeOf(stamp, hasAhead ? stamp(ahead) : PictureClock.MISSING);
      isTimed = true;
    }
    return timeMicros;
  }

  private long stamp(AVFrame of) {
    long stamp = demuxer.isUntimed() ? AV_NOPTS_VALUE : of.best_effort_timestamp();
    return stamp == AV_NOPTS_VALUE ? PictureClock.MISSING : demuxer.micros(stamp);
  }

  /** Number of timestamp jumps so far. */
  public long jumps() {
    return clock.jumps();
  }

  /** The size of the last timestamp jump (microseconds); negative if backward. */
  public long lastJumpMicros() {
    return clock.lastJumpMicros();
  }

  /** Why the video ended before its declared end, or null if it did not. */
  public @Nullable String cutShort() {
    String reason = demuxer.cutShort();
    return reason == null && lastDamaged ? "its last picture is incomplete" : reason;
  }

  @Override
  public void close() {
    av_frame_free(picture);
    av_frame_free(ahead);
    av_packet_free(packet);
    avcodec_free_context(decoder);
    demuxer.close();
  }
}
