package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_get_level;

import io.afterimage.frame.CapturedImage;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@link VideoSource} whose URL answers with one picture. */
class SnapshotSourceTest {
  private static final String LOGIN = SnapshotServer.USER + ':' + SnapshotServer.PASSWORD + '@';

  private SnapshotServer camera;

  @BeforeEach
  void startCamera() throws IOException {
    camera = SnapshotServer.start();
  }

  @AfterEach
  void stopCamera() {
    camera.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/snap.jpg", "/my%20door.jpg", "/snapshot", "/cgi?x=1", "/snap.png"})
  void next_snapshot_isPolledAndDatedNow(String path) throws Exception {
    try (VideoSource source = source(camera.url("", path), 100, false)) {
      source.open();
      assertThat(source.live()).isTrue();
      for (int i = 0; i < 4; i++) {
        long before = System.currentTimeMillis();
        CapturedImage image = source.next();
        assertThat(image).isNotNull();
        assertThat(image.captureTimeMillis()).isBetween(before, System.currentTimeMillis());
        assertThat(image.pixels()[96 * 32 * 3] & 0xff).isCloseTo(TestVideo.gray(i), within(4));
      }
      assertThat(camera.pictures()).isEqualTo(4);
    }
  }

  /** FFmpeg takes these for a sequence of image files, and asks twice. */
  @ParameterizedTest
  @ValueSource(strings = {"/cgi?image.jpg", "/cgi?x=%20d.jpg"})
  void next_queryLikeAFileName_isPolledAndDatedNow(String path) throws Exception {
    try (VideoSource source = source(camera.url("", path), 100, false)) {
      source.open();
      assertThat(source.live()).isTrue();
      for (int i = 0; i < 2; i++) {
        long before = System.currentTimeMillis();
        CapturedImage image = source.next();
        assertThat(image).isNotNull();
        assertThat(image.captureTimeMillis()).isBetween(before, System.currentTimeMillis());
      }
    }
  }

  @Test
  void next_snapshot_isPolledNoFasterThanTheRate() throws Exception {
    try (VideoSource source = source(camera.url("", "/snap.jpg"), 20, true)) {
      long begin = System.nanoTime();
      source.open();
      for (int i = 0; i < 5; i++) {
        assertThat(source.next()).isNotNull();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(195));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/basic/snap.jpg", "/digest/snap.jpg", "/basic/snap.jpg?user=x@y&pwd=z"})
  void next_cameraThatWantsALogin_getsItDecoded(String path) throws Exception {
    try (VideoSource source = source(camera.url(LOGIN, path), 100, false)) {
      source.open();
      assertThat(source.next()).isNotNull();
      assertThat(source.next()).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, Server returned 401 Unauthorized (authorization failed)",
    "403, Server returned 403 Forbidden (access denied)",
    "404, Server returned 404 Not Found",
    "500, Server returned 5XX Server Error reply"
  })
  void open_refused_saysWhyWithoutTheLoginAndComesBack(int status, String reason) throws Exception {
    try (VideoSource source = source(camera.url("me:p@ss w@", "/snap.jpg?pwd=x"), 100, false)) {
      String message = "cannot open %s: %s".formatted(camera.url("", "/snap.jpg"), reason);
      camera.status = status;
      assertThatThrownBy(source::open).isInstanceOf(IOException.class).hasMessage(message);
      camera.status = 200;
      source.open();
      assertThat(source.next()).isNotNull();
      camera.status = status;
      assertThatThrownBy(source::next).isInstanceOf(IOException.class).hasMessage(message);
      camera.status = 200;
      source.open();
      assertThat(source.next()).isNotNull();
    }
  }

  @Test
  void next_interrupted_ends() throws Exception {
    try (VideoSource source = source(camera.url("", "/snap.jpg"), 0.01, false)) {
      source.open();
      assertThat(source.next()).isNotNull();
      Thread.currentThread().interrupt();
      assertThatThrownBy(source::next).isInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void open_anyUrl_silencesFfmpeg() throws Exception {
    try (VideoSource source = source(camera.url("", "/snap.jpg"), 5, false)) {
      source.open();
      assertThat(av_log_get_level()).isEqualTo(AV_LOG_QUIET);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://cam/1, true",
    "rtsps://cam/1, true",
    "rtmp://cam/1, true",
    "udp://@239.0.0.1:1234, true",
    "srt://cam:9000, true",
    "/dev/video0, true",
    "http://cam/video.mp4, false",
    "video.mp4, false"
  })
  void isAlwaysLive_protocolsOfCameras(String url, boolean live) {
    assertThat(CameraAddress.of(url).isAlwaysLive()).isEqualTo(live);
  }

  private static VideoSource source(String url, double fps, boolean loop) {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    return new VideoSource(
        "camera",
        url,
        new VideoSettings(fps, 96, loop, yesterday, Duration.ofSeconds(5), Map.of()));
  }
}
