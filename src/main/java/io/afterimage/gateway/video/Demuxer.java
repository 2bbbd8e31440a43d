package io.afterimage.gateway.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_STREAM;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOTIMESTAMPS;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_TS_DISCONT;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_frame_rate;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_network_init;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avio_size;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_parse_video_rate;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;

/** An open container: the packets of its video, and whether they reach its declared end. */
final class Demuxer implements AutoCloseable {
  private static final String FRAME_RATE_OPTION = "framerate";
  private static final String TRANSPORT_STREAM = "mpegts";

  /** The names of FFmpeg's demuxers of images, such as png_pipe. */
  private static final Pattern IMAGES = Pattern.compile("image2|.*_pipe");

  private static final List<Integer> TRANSPORT_PACKET_BYTES = List.of(188, 192, 204);
  private static final double MAX_FRAME_RATE = 1_000;
  private static final double DEFAULT_FRAME_RATE = 25;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Tolerance for the end, in addition to two pictures, since durations in headers are rounded. */
  private static final long ROUNDING_MICROS = 100_000;

  private final AVFormatContext container = new AVFormatContext(null);
  private final AVStream video;
  private final Map<String, String> options;

  private long packets;
  private long readUntilMicros;
  private boolean lastCorrupt;
  private int endCode;

  static {
    avformat_network_init();
    avdevice_register_all();
    // Errors are thrown; FFmpeg's own log lines would hide them, and show logins.
    av_log_set_level(AV_LOG_QUIET);
  }

  /**
   * @param format the name of FFmpeg's input format, or null to probe
   * @param options of the protocol and the format
   */
  Demuxer(String location, @Nullable String format, Map<String, String> options)
      throws FfmpegException {
    this.options = options;
    AVInputFormat input = format == null ? null : av_find_input_format(format);
    AVDictionary dictionary = new AVDictionary(null);
    // A transport stream that restarts under another id is the same video.
    av_dict_set(dictionary, "merge_pmt_versions", "1", 0);
    options.forEach((name, value) -> av_dict_set(dictionary, name, value, 0));
    try {
      FfmpegException.check(avformat_open_input(container, location, input, dictionary));
    } finally {
      av_dict_free(dictionary);
    }
    try {
      FfmpegException.check(avformat_find_stream_info(container, (AVDictionary) null));
      int index = av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
      if (index < 0) {
        throw new FfmpegException("there is no video in it");
      }
      video = container.streams(index);
    } catch (FfmpegException e) {
      close();
      throw e;
    }
  }

  AVStream video() {
    return video;
  }

  /**
   * Reads the video's next packet.
   *
   * @return false at the end
   */
  boolean read(AVPacket packet) {
    int code = av_read_frame(container, packet);
    while (code >= 0 || code == AVERROR_EAGAIN() && !Thread.currentThread().isInterrupted()) {
      if (code < 0) {
        LockSupport.parkNanos(RETRY_NANOS);
      } else {
        note(packet);
        if (packet.stream_index() == video.index()) {
          return true;
        }
        av_packet_unref(packet);
      }
      code = av_read_frame(container, packet);
    }
    endCode = code;
    return false;
  }

  private void note(AVPacket packet) {
    lastCorrupt = (packet.flags() & AV_PKT_FLAG_CORRUPT) != 0;
    long stamp = packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    if (stamp != AV_NOPTS_VALUE) {
      AVRational unit = container.streams(packet.stream_index()).time_base();
      long begin = Math.max(0, container.start_time());
      readUntilMicros = Math.max(readUntilMicros, micros(stamp + packet.duration(), unit) - begin);
    }
    if (packet.stream_index() == video.index()) {
      packets++;
    }
  }

  /** A timestamp of the video (microseconds). */
  long micros(long stamp) {
    return micros(stamp, video.time_base());
  }

  private static long micros(long stamp, AVRational unit) {
    return Math.round(stamp * (1e6 * unit.num() / unit.den()));
  }

  /**
   * The duration of the container, perhaps estimated from its size, or 0 if unknown (microseconds).
   */
  long lengthMicros() {
    return Math.max(0, container.duration());
  }

  /** The duration of the container by its header or its timestamps, or 0 (microseconds). */
  long declaredMicros() {
    boolean guessed = container.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE;
    return guessed ? 0 : lengthMicros();
  }

  /** Whether the input is an image rather than a video. */
  boolean isImage() {
    return IMAGES.matcher(container.iformat().name().getString()).matches();
  }

  /** Whether pictures have no timestamps: a video without a container. */
  boolean isUntimed() {
    return hasFlag(AVFMT_NOTIMESTAMPS);
  }

  /** Whether the container's clock may restart, as in concatenated transport streams. */
  boolean mayJump() {
    return hasFlag(AVFMT_TS_DISCONT);
  }

  private boolean hasFlag(int flag) {
    return (container.iformat().flags() & flag) != 0;
  }

  /**
   * The timestamp at which the clock wraps around to zero, or 0 if there is none (microseconds).
   */
  long wrapMicros() {
    int bits = video.pts_wrap_bits();
    return bits >= 63 ? 0 : micros(1L << bits);
  }

  /**
   * The time from one picture to the next (microseconds): of a video without timestamps by the
   * option {@code framerate}, otherwise as FFmpeg detected.
   */
  long intervalMicros() {
    String given = options.get(FRAME_RATE_OPTION);
    try (AVRational explicit = new AVRational()) {
      if (given != null && isUntimed() && av_parse_video_rate(explicit, given) >= 0) {
        return Math.round(1e6 / av_q2d(explicit));
      }
    }
    AVRational guess = av_guess_frame_rate(container, video, null);
    double rate = guess.den() == 0 ? 0 : av_q2d(guess);
    return Math.round(1e6 / (rate > 0 && rate <= MAX_FRAME_RATE ? rate : DEFAULT_FRAME_RATE));
  }

  /** Why the packets ended before the container's declared end, or null if they did not. */
  @Nullable String cutShort() {
    if (endCode != AVERROR_EOF) {
      return FfmpegException.text(endCode);
    }
    long declared = declaredMicros();
    boolean inHeader = container.duration_estimation_method() == AVFMT_DURATION_FROM_STREAM;
    if (inHeader && readUntilMicros + 2 * intervalMicros() + ROUNDING_MICROS < declared) {
      long frames = video.nb_frames();
      return frames > packets
          ? "%d of %d frames are there".formatted(packets, frames)
          : "%.1f of %.1f s are there".formatted(readUntilMicros / 1e6, declared / 1e6);
    }
    return lastCorrupt || endsInsidePacket() ? "its last packet is incomplete" : null;
  }

  /**
   * Whether a transport stream's length is not a multiple of the packet size, with or without
   * extras.
   */
  private boolean endsInsidePacket() {
    AVIOContext bytes = container.pb();
    long size = bytes == null ? 0 : avio_size(bytes);
    return size > 0
        && container.iformat().name().getString().equals(TRANSPORT_STREAM)
        && TRANSPORT_PACKET_BYTES.stream().noneMatch(packet -> size % packet == 0);
  }

  @Override
  public void close() {
    avformat_close_input(container);
  }
}
