package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.frame.CapturedImage;
import io.afterimage.frame.SourceFaults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Videos whose timestamps begin anew, jump, or are not there. */
class VideoClocksTest {
  private static final int PICTURES = VideoFiles.PICTURES;
  private static final long SECOND = 90_000;
  private static final long HOURS_10 = 36_000 * SECOND;
  private static final long WRAP = 1L << 33;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"quarters.ts, 100", "quarters.mpg, 40"})
  void next_filesJoined_timesGoOn(String name, long millis) throws Exception {
    byte[] one = VideoFiles.bytes(name);
    Path joined = directory.resolve(name);
    Files.write(joined, concat(one, one, one));
    try (VideoSource source = VideoFiles.source(joined, Map.of())) {
      assertThat(VideoFiles.times(VideoFiles.readAll(source)))
          .isEqualTo(VideoFiles.steps(3 * PICTURES, millis));
      assertThat(source.faults()).isEqualTo(new SourceFaults(2, 0));
    }
  }

  @Test
  void next_encoderRestartsUnderAnotherStreamId_timesGoOn() throws Exception {
    Path joined = directory.resolve("joined.ts");
    Files.write(joined, concat(VideoFiles.bytes("quarters.ts"), VideoFiles.bytes("other-id.ts")));
    try (VideoSource source = VideoFiles.source(joined, Map.of())) {
      // FFmpeg holds the last picture of the first id back to the end.
      List<Long> times = VideoFiles.times(VideoFiles.readAll(source));
      assertThat(times).hasSizeBetween(2 * PICTURES - 1, 2 * PICTURES).isSorted();
      assertThat(times.get(times.size() - 1)).isBetween(2_800L, 3_000L);
      assertThat(source.faults().clockJumps()).isPositive();
    }
  }

  private static Stream<Arguments> clocks() {
    return Stream.of(
        clock("steady", 0, (picture, stamp) -> stamp),
        clock("one stray ahead", 1, (picture, stamp) -> picture == 7 ? stamp + HOURS_10 : stamp),
        clock(
            "a stray few seconds",
            1,
            (picture, stamp) -> picture == 7 ? stamp + 4 * SECOND : stamp),
        clock("one stray back", 1, (picture, stamp) -> picture == 7 ? stamp - SECOND : stamp),
        clock("encoder restarts", 1, (picture, stamp) -> picture < 5 ? stamp + HOURS_10 : stamp),
        clock("jumps ahead", 1, (picture, stamp) -> picture < 5 ? stamp : stamp + HOURS_10),
        clock("wraps around", 0, (picture, stamp) -> (stamp + WRAP - 2 * SECOND) % WRAP));
  }

  private static Arguments clock(String name, long jumps, LongBinaryOperator change) {
    return Arguments.of(name, jumps, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clocks")
  void next_timestampsJump_everyPictureHasItsTime(
      String name, long jumps, LongBinaryOperator change) throws Exception {
    Path file = directory.resolve("jumps.ts");
    Files.write(file, TransportStream.withTimestamps(VideoFiles.bytes("quarters.ts"), change));
    try (VideoSource source = VideoFiles.source(file, Map.of())) {
      assertThat(VideoFiles.times(VideoFiles.readAll(source)))
          .isEqualTo(VideoFiles.steps(PICTURES, 100));
      assertThat(source.faults()).isEqualTo(new SourceFaults(jumps, 0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "quarters.h264, 100",
    "quarters.h265, 40",
    "quarters.m4v, 100",
    "quarters.m2v, 40",
    "quarters.mjpeg, 40",
    "quarters.obu, 40"
  })
  void next_noTimestamps_goesByTheFrameRate(String name, long millis) throws Exception {
    Path file = Files.write(directory.resolve(name), VideoFiles.bytes(name));
    try (VideoSource source = VideoFiles.source(file, Map.of())) {
      assertThat(VideoFiles.times(VideoFiles.readAll(source)))
          .isEqualTo(VideoFiles.steps(PICTURES, millis));
      assertThat(source.faults()).isEqualTo(SourceFaults.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({"quarters.h264, 20, 50", "quarters.h265, 50/1, 20", "quarters.mjpeg, 8, 125"})
  void next_noTimestampsButARate_goesByIt(String name, String rate, long millis) throws Exception {
    Path file = Files.write(directory.resolve(name), VideoFiles.bytes(name));
    try (VideoSource source = VideoFiles.source(file, Map.of("framerate", rate))) {
      assertThat(VideoFiles.times(VideoFiles.readAll(source)))
          .isEqualTo(VideoFiles.steps(PICTURES, millis));
    }
  }

  @Test
  void next_noTimestampsLooped_timesGoOn() throws Exception {
    Path file = Files.write(directory.resolve("a.h264"), VideoFiles.bytes("quarters.h264"));
    try (VideoSource source = VideoFiles.source(file, true, Map.of())) {
      source.open();
      for (int i = 0; i < 3 * PICTURES; i++) {
        CapturedImage image = source.next();
        assertThat(image).isNotNull();
        assertThat(image.captureTimeMillis() - VideoFiles.START.toEpochMilli()).isEqualTo(100L * i);
      }
    }
  }

  private static byte[] concat(byte[]... parts) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.write(part);
    }
    return joined.toByteArray();
  }
}
