package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterimage.embedding.EncoderId;
import io.afterimage.embedding.FrameEmbedding;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page's server answers, from the topics of a real broker. */
class PageServerITCase {
  private static final int UNTRAINED_FRAMES = 30;
  private static final int TRAINED_FRAMES = 40;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static WatchedRun run;
  private static PageServer page;
  private static List<FrameEmbedding> trained;
  private static JsonNode state;

  @BeforeAll
  static void watch() throws Exception {
    run = new WatchedRun();
    run.createTopics();
    run.publishReports(1, 80);
    run.publishFrames(UNTRAINED_FRAMES, WatchedRun.UNTRAINED, 0);
    trained = run.publishFrames(TRAINED_FRAMES, WatchedRun.TRAINED, 80);
    run.publishRejection("camera-1", "undecodable", "no image");
    page = PageServer.start(run.settings(), run.knowledge(null));
    state = stateWhen(PageServerITCase::isComplete);
  }

  @AfterAll
  static void stop() {
    page.close();
    run.close();
  }

  private static boolean isComplete(JsonNode seen) {
    JsonNode encoders = seen.path("encoders");
    return seen.path("training").path("report").path("step").asLong() == 80
        && seen.path("cameras").size() == WatchedRun.CAMERAS
        && seen.path("rejected").path("total").asLong() == 1
        && encoders.size() == 2
        && encoders.get(1).path("frames").asInt() == trained.size();
  }

  private static JsonNode stateWhen(Predicate<JsonNode> complete) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    JsonNode seen = json("api/state");
    while (!complete.test(seen)) {
      assertThat(System.nanoTime()).as("60 s; the state is %s", seen).isLessThan(deadline);
      Thread.sleep(100);
      seen = json("api/state");
    }
    return seen;
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(page.address() + path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String neighboursOf(FrameEmbedding frame) {
    return "api/neighbours?encoder=%s&partition=%d&offset=%d&count=5"
        .formatted(EncoderId.hex(frame.encoderId()), frame.partition(), frame.offset());
  }

  @Test
  void state_tellsTheEncodersAndWhatTheirNeighboursShare() {
    assertThat(state.path("encoders").findValuesAsText("encoder"))
        .containsExactly(EncoderId.hex(WatchedRun.UNTRAINED), EncoderId.hex(WatchedRun.TRAINED));
    // The untrained encoder ended when the other came. Its vectors say the camera, nothing else.
    JsonNode agreement = state.path("agreements").get(0);
    assertThat(agreement.path("frames").asInt()).isEqualTo(UNTRAINED_FRAMES * WatchedRun.CAMERAS);
    assertThat(agreement.path("sameCamera").asDouble()).isEqualTo(1);
    assertThat(agreement.path("cameraByChance").asDouble()).isBetween(0.2, 0.4);
  }

  @Test
  void map_holdsTheFramesOfOneEncoder() throws Exception {
    JsonNode map = json("api/map?encoder=" + EncoderId.hex(WatchedRun.TRAINED));
    assertThat(map.path("step").asLong()).isEqualTo(80);
    assertThat(map.path("offset")).hasSize(trained.size());
    assertThat(map.path("offset").get(0).asLong()).isEqualTo(trained.get(0).offset());
    byte[] vectors = Base64.getDecoder().decode(map.path("vectors").asText());
    assertThat(vectors).hasSize(trained.size() * map.path("dimension").asInt());
  }

  @Test
  void map_ofUnknownEncoder_isNotFound() throws Exception {
    assertThat(get("api/map?encoder=" + EncoderId.hex(9)).statusCode()).isEqualTo(404);
    assertThat(get("api/map?encoder=nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void neighbours_areThoseOfTheSameClassAtOtherMoments() throws Exception {
    FrameEmbedding frame = trained.get(50);
    JsonNode list = json(neighboursOf(frame));
    assertThat(list.path("neighbours")).hasSize(5);
    double before = 1;
    for (JsonNode near : list.path("neighbours")) {
      assertThat(near.path("objectClass")).isEqualTo(list.path("frame").path("objectClass"));
      assertThat(near.path("similarity").asDouble()).isLessThanOrEqualTo(before);
      before = near.path("similarity").asDouble();
      boolean sameMoment =
          near.path("camera").asText().equals(frame.camera())
              && Math.abs(near.path("millis").asLong() - frame.captureMillis())
                  < Neighbours.SAME_MOMENT_MILLIS;
      assertThat(sameMoment).isFalse();
    }
  }

  @Test
  void neighbours_ofUnknownFrameOrWithoutUntrainedEncoder_areNotFound() throws Exception {
    String unknown =
        "api/neighbours?encoder=%s&partition=0&offset=999999"
            .formatted(EncoderId.hex(WatchedRun.TRAINED));
    assertThat(get(unknown).statusCode()).isEqualTo(404);
    assertThat(get(neighboursOf(trained.get(0)) + "&by=untrained").statusCode()).isEqualTo(404);
  }

  @Test
  void frame_isAThumbnail() throws Exception {
    HttpResponse<byte[]> answer = get("api/frames/0/%d.jpg".formatted(trained.get(7).offset()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ImageIO.read(new ByteArrayInputStream(answer.body()))).isNotNull();
    assertThat(get("api/frames/0/999999.jpg").statusCode()).isEqualTo(404);
  }

  @Test
  void address_ofAnotherHost_isRefused() throws Exception {
    assertThat(get("../../etc/passwd").statusCode()).isEqualTo(404);
    try (Socket socket = new Socket("localhost", URI.create(page.address()).getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/state HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 421");
    }
  }
}
