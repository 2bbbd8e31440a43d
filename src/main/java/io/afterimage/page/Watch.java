package io.afterimage.page;

import io.afterimage.page.NeighbourList.Near;
import io.afterimage.page.TopicFollower.Topic;
import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameRef;
import io.afterimage.wire.kafka.FrameFetcher;
import io.afterimage.wire.kafka.KafkaClients;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The current state of a job from its topics, in bounded memory. Thread-safe. */
final class Watch implements AutoCloseable {
  private static final int THUMBNAIL_SIDE = 192;
  private static final int MAP_FRAMES = 600;
  private static final Duration FETCH_WAIT = Duration.ofSeconds(2);

  private final PageSettings settings;
  private final RunKnowledge knowledge;
  private final FramePictures pictures;
  private final CameraBoard cameras;
  private final Training training = new Training();
  private final Rejections rejections = new Rejections();
  private final Agreements agreements = new Agreements();
  private final EncoderViews views;
  private final @Nullable Comparison untrained;
  private final @Nullable PrometheusNumbers prometheus;
  private final List<TopicFollower> followers;

  /** Part of each picture's address, since another run has other pictures at the same positions. */
  private final String run = Long.toString(System.currentTimeMillis(), 36);

  /**
   * @param out receives the message that no broker answers
   * @throws org.apache.kafka.common.KafkaException if an address or a property is wrong; an
   *     unreachable broker is waited for
   */
  Watch(PageSettings settings, RunKnowledge knowledge, PrintWriter out) {
    this.settings = settings;
    this.knowledge = knowledge;
    KafkaClients clients = new KafkaClients(settings.bootstrapServers(), settings.properties());
    BrokerNews news = new BrokerNews(settings.bootstrapServers(), out, System::nanoTime);
    PageSettings.Topics topics = settings.topics();
    pictures =
        new FramePictures(new FrameFetcher(clients, topics.frames(), FETCH_WAIT), THUMBNAIL_SIDE);
    cameras = new CameraBoard(pictures);
    views = new EncoderViews(frames -> agreements.add(Agreement.of(frames, knowledge)));
    prometheus =
        settings.prometheus() == null ? null : new PrometheusNumbers(settings.prometheus());
    FrameEmbedder embedder = knowledge.untrained();
    untrained = embedder == null ? null : new Comparison(embedder, pictures);
    followers =
        List.of(
            new TopicFollower(
                clients,
                news,
                new Topic("training", topics.training(), 50_000, 50_000),
                training::accept),
            new TopicFollower(
                clients, news, new Topic("frames", topics.frames(), 50, 2_000), cameras::accept),
            new TopicFollower(
                clients,
                news,
                new Topic("rejected", topics.rejected(), 1_000, 10_000),
                rejections::accept),
            new TopicFollower(
                clients,
                news,
                new Topic("embeddings", topics.embeddings(), 5_000, 20_000),
                views::accept));
  }

  void start() {
    followers.forEach(TopicFollower::start);
    if (prometheus != null) {
      prometheus.start();
    }
  }

  /** The cameras whose ids contain a text, see {@link CameraBoard#find}. */
  CameraBoard.Found cameras(String text) {
    return cameras.find(text, System.currentTimeMillis());
  }

  /** The points that a reader of the curves lacks, see {@link Training#since}. */
  Training.Points points(long revision, int end) {
    return training.since(revision, end);
  }

  /** A frame's thumbnail as JPEG; null if the frame is no longer available, or not an image. */
  byte @Nullable [] thumbnail(FrameRef frame) {
    return pictures.thumbnail(frame);
  }

  /** The newest frames of an encoder, for the map; null if the encoder is unknown. */
  @Nullable EmbeddingMap map(long encoderId) {
    List<FrameEmbedding> frames = views.frames(encoderId, MAP_FRAMES);
    return frames.isEmpty() ? null : EmbeddingMap.of(frames, knowledge);
  }

  /**
   * The nearest neighbors of a frame by an encoder.
   *
   * @param apart whether to exclude frames of the same moment
   * @return null if the frame or the encoder is no longer in memory
   */
  @Nullable NeighbourList neighbours(long encoderId, FrameRef frame, int count, boolean apart) {
    List<FrameEmbedding> frames = views.frames(encoderId, Integer.MAX_VALUE);
    List<float[]> vectors = frames.stream().map(FrameEmbedding::vector).toList();
    return neighbours(EncoderId.hex(encoderId), frames, vectors, frame, count, apart);
  }

  /**
   * The nearest neighbors of a frame by the untrained encoder, among the frames of another encoder.
   *
   * @return null if there is no untrained encoder, or the frame is no longer in memory
   */
  @Nullable NeighbourList untrainedNeighbours(
      long encoderId, FrameRef frame, int count, boolean apart) {
    if (untrained == null) {
      return null;
    }
    Comparison.Seen seen = untrained.see(views.frames(encoderId, Integer.MAX_VALUE));
    return neighbours(null, seen.frames(), seen.vectors(), frame, count, apart);
  }

  private @Nullable NeighbourList neighbours(
      @Nullable String encoder,
      List<FrameEmbedding> frames,
      List<float[]> vectors,
      FrameRef frame,
      int count,
      boolean apart) {
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).frame().equals(frame)) {
        List<Near> near = new ArrayList<>();
        for (Neighbours.Neighbour neighbour :
            Neighbours.nearest(vectors, frames, i, count, apart)) {
          near.add(near(frames.get(neighbour.index()), neighbour.similarity()));
        }
        long step = encoder == null ? 0 : frames.get(i).step();
        return new NeighbourList(encoder, step, frames.size(), near(frames.get(i), 1), near);
      }
    }
    return null;
  }

  private Near near(FrameEmbedding frame, double similarity) {
    OptionalInt known = knowledge.objectClass(frame.camera(), frame.captureMillis());
    return new Near(
        similarity,
        frame.camera(),
        frame.captureMillis(),
        frame.partition(),
        frame.offset(),
        known.isPresent() ? known.getAsInt() : null);
  }

  /** The current state, without curves and embeddings. */
  Map<String, Object> state() {
    long now = System.currentTimeMillis();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("title", settings.title());
    state.put("brokers", settings.bootstrapServers());
    state.put("run", run);
    state.put("now", now);
    state.put("training", training.standing(now));
    state.put("cameras", cameras.find("", now));
    state.put("framesPerSecond", cameras.perSecond(now));
    state.put("rejected", rejections.shown());
    state.put("sources", followers.stream().map(TopicFollower::state).toList());
    state.put("classPrior", knowledge.classPrior());
    state.put("untrainedAccuracy", knowledge.untrainedAccuracy());
    state.put("probes", knowledge.probes());
    state.put("encoders", views.shown());
    state.put("agreements", agreements.all());
    state.put("prometheus", prometheus == null ? null : prometheus.shown());
    state.put("untrainedEncoder", untrained != null);
    return state;
  }

  @Override
  public void close() {
    followers.forEach(TopicFollower::close);
    if (prometheus != null) {
      prometheus.close();
    }
    pictures.close();
  }
}
