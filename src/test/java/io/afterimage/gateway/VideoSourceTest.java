package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.frame.CapturedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoSourceTest {
  private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final int FRAMES = 20;

  @TempDir private static Path directory;
  private static Path video;

  @BeforeAll
  static void makeVideo() throws Exception {
    video = directory.resolve("gray.y4m");
    TestVideo.write(video, FRAMES, 10, 96, 64);
  }

  @Test
  void next_file_givesEveryPictureWithItsTime() throws Exception {
    try (VideoSource source = source(video.toString(), settings(10, 96, false))) {
      source.open();
      assertThat(source.live()).isFalse();
      List<CapturedImage> images = readAll(source);
      assertThat(images).hasSize(FRAMES);
      for (int i = 0; i < FRAMES; i++) {
        CapturedImage image = images.get(i);
        assertThat(image.captureTimeMillis()).isEqualTo(START.toEpochMilli() + 100L * i);
        assertThat(image.width()).isEqualTo(96);
        assertThat(image.height()).isEqualTo(64);
        assertThat(image.pixels()[96 * 32 * 3] & 0xff).isCloseTo(TestVideo.gray(i), within(4));
      }
    }
  }

  @Test
  void next_lowerRateAndWidth_samplesAndScales() throws Exception {
    try (VideoSource source = source(video.toString(), settings(5, 48, false))) {
      source.open();
      List<CapturedImage> images = readAll(source);
      assertThat(images).hasSize(FRAMES / 2);
      assertThat(images)
          .extracting(image -> image.captureTimeMillis() - START.toEpochMilli())
          .startsWith(0L, 200L, 400L);
      assertThat(images).allMatch(image -> image.width() == 48 && image.height() == 32);
      assertThat(images.get(3).pixels()[100] & 0xff).isCloseTo(TestVideo.gray(6), within(4));
    }
  }

  @Test
  void next_narrowVideo_isNotScaledUp() throws Exception {
    try (VideoSource source = source(video.toString(), settings(5, 4000, false))) {
      source.open();
      CapturedImage image = source.next();
      assertThat(image).isNotNull();
      assertThat(image.width()).isEqualTo(96);
    }
  }

  @Test
  void next_loop_timesGoOnByTheFilesDuration() throws Exception {
    try (VideoSource source = source(video.toString(), settings(10, 96, true))) {
      source.open();
      for (int i = 0; i < 3 * FRAMES; i++) {
        CapturedImage image = source.next();
        assertThat(image).isNotNull();
        assertThat(image.captureTimeMillis()).isEqualTo(START.toEpochMilli() + 100L * i);
        assertThat(image.pixels()[0] & 0xff).isCloseTo(TestVideo.gray(i % FRAMES), within(4));
      }
    }
  }

  @Test
  void open_again_timesDoNotGoBack() throws Exception {
    try (VideoSource source = source(video.toString(), settings(10, 96, false))) {
      source.open();
      long last = readAll(source).get(FRAMES - 1).captureTimeMillis();
      source.open();
      CapturedImage image = source.next();
      assertThat(image).isNotNull();
      assertThat(image.captureTimeMillis()).isGreaterThan(last);
    }
  }

  @Test
  void open_fileThatIsNoVideo_saysSo() throws Exception {
    Path text = Files.writeString(directory.resolve("text.avi"), "no video at all".repeat(100));
    try (VideoSource source = source(text.toString(), settings(10, 96, false))) {
      assertThatThrownBy(source::open)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("cannot open %s: Invalid data found when processing input".formatted(text));
    }
  }

  @Test
  void open_nobodyThere_canBeAskedAgain() throws Exception {
    int port = MjpegServer.freePort();
    String url = "http://me:secret@127.0.0.1:%d/".formatted(port);
    try (VideoSource source = source(url, settings(10, 96, false))) {
      assertThatThrownBy(source::open)
          .isInstanceOf(IOException.class)
          .hasMessage("cannot open http://127.0.0.1:%d/: Connection refused".formatted(port));
    }
  }

  @Test
  void next_cameraThatVanishes_throwsAndComesBack() throws Exception {
    int port = MjpegServer.freePort();
    try (VideoSource source =
        source("http://127.0.0.1:%d/".formatted(port), settings(100, 96, false))) {
      long before = System.currentTimeMillis();
      long last;
      try (MjpegServer camera = MjpegServer.start(port, 20)) {
        source.open();
        assertThat(source.live()).isTrue();
        CapturedImage image = source.next();
        assertThat(image).isNotNull();
        last = image.captureTimeMillis();
        assertThat(last).isBetween(before, System.currentTimeMillis());
        assertThatThrownBy(() -> readAll(source)).isInstanceOf(IOException.class);
        assertThat(camera.clients()).isEqualTo(1);
      }
      assertThatThrownBy(source::open).isInstanceOf(IOException.class);
      try (MjpegServer camera = MjpegServer.start(port, 20)) {
        source.open();
        CapturedImage image = source.next();
        assertThat(image).isNotNull();
        assertThat(image.captureTimeMillis()).isGreaterThan(last);
        assertThat(camera.clients()).isEqualTo(1);
      }
    }
  }

  private static VideoSource source(String url, VideoSettings settings) {
    return new VideoSource("camera", url, settings);
  }

  private static VideoSettings settings(double fps, int width, boolean loop) {
    return new VideoSettings(fps, width, loop, START, Duration.ofSeconds(5), Map.of());
  }

  private static List<CapturedImage> readAll(VideoSource source) throws IOException {
    List<CapturedImage> images = new ArrayList<>();
    CapturedImage image = source.next();
    while (image != null) {
      images.add(image);
      image = source.next();
    }
    return images;
  }
}
