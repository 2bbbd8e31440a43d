package io.afterimage.page;

import io.afterimage.page.TopicFollower.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is known of a job from its topics, kept up to date, in bounded memory. Thread-safe. */
final class Watch implements AutoCloseable {
  private static final int THUMBNAIL_SIDE = 192;

  private final PageSettings settings;
  private final RunKnowledge knowledge;
  private final FramePictures pictures;
  private final CameraBoard cameras;
  private final Training training = new Training();
  private final Rejections rejections = new Rejections();
  private final List<TopicFollower> followers;

  /** In the address of each picture, since another run has others at the same places. */
  private final String run = Long.toString(System.currentTimeMillis(), 36);

  /**
   * @throws org.apache.kafka.common.KafkaException if an address or a property is wrong; a broker
   *     that is merely away is waited for
   */
  Watch(PageSettings settings, RunKnowledge knowledge) {
    this.settings = settings;
    this.knowledge = knowledge;
    KafkaClients clients = new KafkaClients(settings.bootstrapServers(), settings.properties());
    PageSettings.Topics topics = settings.topics();
    pictures = new FramePictures(new FrameFetcher(clients, topics.frames()), THUMBNAIL_SIDE);
    cameras = new CameraBoard(pictures);
    followers =
        List.of(
            new TopicFollower(
                clients, new Topic(topics.training(), 50_000, 50_000), training::accept),
            new TopicFollower(clients, new Topic(topics.frames(), 50, 2_000), cameras::accept),
            new TopicFollower(
                clients, new Topic(topics.rejected(), 1_000, 10_000), rejections::accept));
  }

  void start() {
    followers.forEach(TopicFollower::start);
  }

  /** What the curves lack, see {@link Training#since}. */
  Training.Points points(long revision, int end) {
    return training.since(revision, end);
  }

  /** A frame's thumbnail as JPEG; null if it is no longer to be had, or no image. */
  byte @Nullable [] thumbnail(FrameRef frame) {
    return pictures.thumbnail(frame);
  }

  /** Everything but curves and embeddings, as it is now. */
  Map<String, Object> state() {
    long now = System.currentTimeMillis();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("title", settings.title());
    state.put("brokers", settings.bootstrapServers());
    state.put("run", run);
    state.put("now", now);
    state.put("training", training.standing(now));
    state.put("cameras", cameras.shown(now));
    state.put("framesPerSecond", cameras.perSecond(now));
    state.put("rejected", rejections.shown());
    state.put("sources", followers.stream().map(TopicFollower::state).toList());
    state.put("classPrior", knowledge.classPrior());
    state.put("untrainedAccuracy", knowledge.untrainedAccuracy());
    state.put("probes", knowledge.probes());
    return state;
  }

  @Override
  public void close() {
    followers.forEach(TopicFollower::close);
    pictures.close();
  }
}
