package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PageServerITCase {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static WatchedRun run;
  private static PageServer page;
  private static List<FrameEmbedding> trained;

  @BeforeAll
  static void start() throws Exception {
    run = new WatchedRun();
    page = PageServer.start(run.settings(), run.knowledge(null), new PrintWriter(System.err));
    // The page is there before its topics are.
    assertThat(
            state(state -> state.get("sources").findValuesAsText("status").contains("MISSING"))
                .get("training")
                .isNull())
        .isTrue();
    run.createTopics();
    run.publishReports(1, 80);
    run.publishFrames(30, WatchedRun.UNTRAINED, 0);
    trained = run.publishFrames(30, WatchedRun.TRAINED, 50);
    run.publishRejection("camera-9", "undecodable", "no <b>picture</b>");
    state(
        state ->
            state.path("training").path("report").path("step").asInt() == 80
                && state.path("encoders").size() == 2
                && state.path("encoders").get(1).path("frames").asInt() == 90
                && state.path("rejected").path("total").asInt() == 1);
  }

  @AfterAll
  static void stop() {
    page.close();
    run.close();
  }

  @Test
  void state_showsWhatTheTopicsHold() throws Exception {
    JsonNode state = state(any -> true);
    assertThat(state.get("training").get("report").get("loss").asDouble()).isEqualTo(3.2);
    assertThat(state.get("cameras").get("held").asInt()).isEqualTo(WatchedRun.CAMERAS);
    assertThat(state.get("cameras").get("shown").get(0).get("camera").asText())
        .isEqualTo("camera-0");
    assertThat(state.get("rejected").get("latest").get(0).get("reason").asText())
        .isEqualTo("undecodable");
    assertThat(state.get("agreements").get(0).get("sameCamera").asDouble()).isEqualTo(1);
  }

  @Test
  void points_holdEveryStep() throws Exception {
    JsonNode columns = JSON.readTree(get("api/points").body()).get("columns");
    assertThat(columns.get("step")).hasSize(80);
    assertThat(columns.get("loss").get(79).asDouble()).isEqualTo(3.2);
  }

  @Test
  void frame_isAThumbnailThatTheBrowserMayKeep() throws Exception {
    HttpResponse<byte[]> frame = get(picture(trained.get(0).frame()));
    assertThat(frame.statusCode()).isEqualTo(200);
    assertThat(frame.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(frame.body()).startsWith(0xff, 0xd8);
    FrameRef first = trained.get(0).frame();
    assertThat(
            get(picture(new FrameRef(first.camera(), first.captureMillis(), 0, 99_999)))
                .statusCode())
        .isEqualTo(404);
    assertThat(get(picture(new FrameRef(first.camera(), first.captureMillis(), 7, 0))).statusCode())
        .isEqualTo(404);
    assertThat(get("api/frames/0/%d.jpg".formatted(first.offset())).statusCode()).isEqualTo(400);
  }

  @Test
  void neighbours_areOfTheSameEncoderAndNotOfTheSameMoment() throws Exception {
    FrameEmbedding frame = trained.get(40);
    JsonNode answer =
        JSON.readTree(
            get("api/neighbours?encoder=%s&partition=0&offset=%d&camera=%s&millis=%d&count=5"
                    .formatted(
                        EncoderId.hex(WatchedRun.TRAINED),
                        frame.offset(),
                        frame.camera(),
                        frame.captureMillis()))
                .body());
    int objectClass = answer.get("frame").get("objectClass").asInt();
    assertThat(answer.get("neighbours")).hasSize(5);
    for (JsonNode near : answer.get("neighbours")) {
      assertThat(near.get("objectClass").asInt()).isEqualTo(objectClass);
      assertThat(near.get("offset").asLong()).isGreaterThanOrEqualTo(90);
      assertThat(
              near.get("camera").asText().equals(frame.camera())
                  && Math.abs(near.get("millis").asLong() - frame.captureMillis())
                      < Neighbours.SAME_MOMENT_MILLIS)
          .isFalse();
    }
  }

  @Test
  void frame_ofAnotherCameraOrTime_isNotShownAtItsOffset() throws Exception {
    FrameRef there = trained.get(3).frame();
    FrameRef otherCamera =
        new FrameRef("camera-9", there.captureMillis(), there.partition(), there.offset());
    FrameRef otherTime =
        new FrameRef(there.camera(), there.captureMillis() + 1, there.partition(), there.offset());
    assertThat(get(picture(otherCamera)).statusCode()).isEqualTo(404);
    assertThat(get(picture(otherTime)).statusCode()).isEqualTo(404);
    assertThat(get(picture(there)).statusCode()).isEqualTo(200);
  }

  @Test
  void wrongRequests_areRefused() throws Exception {
    assertThat(get("api/map?encoder=zz").statusCode()).isEqualTo(400);
    assertThat(get("api/map?encoder=00000000000000ff").statusCode()).isEqualTo(404);
    assertThat(get("%2e%2e/%2e%2e/etc/passwd").statusCode()).isEqualTo(404);
    assertThat(status("POST", "localhost")).isEqualTo(405);
    assertThat(status("GET", "elsewhere.example")).isEqualTo(421);
  }

  @Test
  void events_bringStateAndPoints() throws Exception {
    HttpURLConnection events =
        (HttpURLConnection) URI.create(page.address() + "api/events").toURL().openConnection();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(events.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("event: points");
      assertThat(lines.readLine()).startsWith("data: {");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("event: state");
    } finally {
      events.disconnect();
    }
  }

  @Test
  void takenPort_isLeftForAFreeOneOrNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StringWriter said = new StringWriter();
      try (PageServer other =
          PageServer.startNear(
              run.settings().withPort(taken.getLocalPort()),
              RunKnowledge.NONE,
              new PrintWriter(said))) {
        assertThat(other.address()).doesNotContain(":" + taken.getLocalPort());
        assertThat(said.toString()).contains(Integer.toString(taken.getLocalPort()));
      }
    }
  }

  private static String picture(FrameRef frame) {
    return "api/frames/%d/%d.jpg?camera=%s&millis=%d"
        .formatted(
            frame.partition(),
            frame.offset(),
            URLEncoder.encode(frame.camera(), StandardCharsets.UTF_8),
            frame.captureMillis());
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(page.address() + path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The status of a request with a host of its own, which the client would not send. */
  private static int status(String method, String host) throws IOException {
    try (Socket socket = new Socket("localhost", URI.create(page.address()).getPort())) {
      socket
          .getOutputStream()
          .write(
              "%s / HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .formatted(method, host)
                  .getBytes(StandardCharsets.US_ASCII));
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return Integer.parseInt(line.split(" ")[1]);
    }
  }

  private static JsonNode state(Predicate<JsonNode> wanted) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    JsonNode state;
    do {
      state = JSON.readTree(get("api/state").body());
      if (wanted.test(state)) {
        return state;
      }
      Thread.sleep(200);
    } while (System.nanoTime() < deadline);
    throw new AssertionError("not within a minute: " + state);
  }
}
