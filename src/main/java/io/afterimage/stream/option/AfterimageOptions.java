package io.afterimage.stream.option;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.memory.MemorySettings.Eviction;
import io.afterimage.train.negatives.NegativeSettings.Reason;
import io.afterimage.train.prior.PriorSettings;
import io.afterimage.train.prior.PriorSettings.Estimator;
import io.afterimage.wire.EmbeddingFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions.TypedConfigOptionBuilder;
import org.apache.flink.configuration.MemorySize;
import org.jspecify.annotations.Nullable;

/**
 * Every option of the job: name, type, default, description, and which values are allowed.
 *
 * <p>Besides these, {@code kafka.property.NAME} sets Kafka's client property NAME (security, for
 * example) and {@code flink.NAME} sets Flink's own option NAME.
 */
public final class AfterimageOptions {
  /** What leads an option that is handed to Kafka's clients as it is. */
  public static final String KAFKA_PROPERTY_PREFIX = "kafka.property.";

  /** What leads an option that is handed to Flink as it is. */
  public static final String FLINK_PREFIX = "flink.";

  private static final List<Option<?>> DECLARED = new ArrayList<>();

  public static final ConfigOption<String> KAFKA_BOOTSTRAP_SERVERS =
      string(
          "kafka.bootstrap-servers",
          "localhost:9092",
          "Brokers to connect to first: host:port, separated by commas.");

  public static final ConfigOption<String> KAFKA_GROUP_ID =
      string(
          "kafka.group-id",
          "afterimage",
          "Consumer group whose offsets show how far the job has read. A restored job follows its"
              + " checkpoint, not these offsets.");

  public static final ConfigOption<StartPosition> KAFKA_START =
      enumeration(
          "kafka.start",
          StartPosition.class,
          StartPosition.COMMITTED,
          "Where a job without a checkpoint starts to read: the oldest frame, the next one, or where"
              + " the group left off (the oldest if it is new).");

  public static final ConfigOption<Boolean> KAFKA_BOUNDED =
      flag(
          "kafka.bounded",
          false,
          "Whether the job ends by itself once it has read what the topic held when it started. One"
              + " that is restored from a savepoint does not end (FLINK-31006).");

  public static final ConfigOption<Duration> KAFKA_PARTITION_DISCOVERY =
      duration(
          "kafka.partition-discovery",
          Duration.ofMinutes(1),
          Rule.positiveDuration(),
          "How often the job looks for new partitions.");

  public static final ConfigOption<String> TOPIC_FRAMES =
      string("kafka.topic.frames", "frames", "Topic that cameras publish to.");

  public static final ConfigOption<String> TOPIC_REJECTED =
      string(
          "kafka.topic.rejected",
          "frames.rejected",
          "Topic of the records that are no usable frame, with the reason in their headers.");

  public static final ConfigOption<String> TOPIC_TRAINING =
      string("kafka.topic.training", "training", "Topic of one report (JSON) a training step.");

  public static final ConfigOption<String> TOPIC_EMBEDDINGS =
      string("kafka.topic.embeddings", "embeddings", "Topic of the frames' embeddings.");

  public static final ConfigOption<MemorySize> KAFKA_REJECTED_MAX_BYTES =
      memory(
          "kafka.rejected-max-bytes",
          MemorySize.parse("900 kb"),
          new Rule<>(
              "from 1 kb to 100 mb",
              size -> size.getKibiBytes() >= 1 && size.getMebiBytes() <= 100),
          "Most bytes of a rejected record that are kept; a longer value is cut there. Must stay"
              + " below the topic's max.message.bytes, or one large record stops the job.");

  public static final ConfigOption<SinkGuarantee> SINK_DELIVERY_GUARANTEE =
      enumeration(
          "sink.delivery-guarantee",
          SinkGuarantee.class,
          SinkGuarantee.AT_LEAST_ONCE,
          "What holds for written records when the job recovers: at-least-once may write one again,"
              + " with the same key; exactly-once writes in transactions that end with a checkpoint,"
              + " for consumers with isolation.level read_committed.");

  public static final ConfigOption<String> SINK_TRANSACTIONAL_ID_PREFIX =
      string(
          "sink.transactional-id-prefix",
          "afterimage",
          "What the ids of those transactions begin with; no two jobs on one Kafka may share it.");

  public static final ConfigOption<Duration> SINK_TRANSACTION_TIMEOUT =
      duration(
          "sink.transaction-timeout",
          Duration.ofMinutes(15),
          Rule.positiveDuration(),
          "Time after which Kafka gives up a transaction, and its records are lost: longer than the"
              + " longest outage of the job, and at most the brokers' transaction.max.timeout.ms.");

  public static final ConfigOption<Integer> FRAME_SIZE =
      integer(
          "frame.size",
          32,
          Rule.between(8, 512),
          "Height and width that every frame is scaled to (pixels).");

  public static final ConfigOption<MemorySize> FRAME_MAX_BYTES =
      memory(
          "frame.max-bytes",
          MemorySize.parse("8 mb"),
          new Rule<>(
              "from 1 kb to 1 gb", size -> size.getKibiBytes() >= 1 && size.getGibiBytes() <= 1),
          "Most bytes of an encoded image; a larger one is rejected.");

  public static final ConfigOption<Integer> FRAME_MIN_SIDE =
      integer(
          "frame.min-side",
          16,
          Rule.atLeast(1),
          "Least height and width of an image (pixels); a smaller one is rejected.");

  public static final ConfigOption<Long> FRAME_MAX_PIXELS =
      number(
          "frame.max-pixels",
          50_000_000L,
          Rule.between(256L, 1_000_000_000L),
          "Most pixels of an image; one that would decode to more is rejected undecoded.");

  public static final ConfigOption<Duration> FRAME_MAX_AGE =
      duration(
          "frame.max-age",
          Duration.ofDays(7),
          Rule.positiveDuration(),
          "How far back a capture time may lie, by the clock of the reading machine; an older frame"
              + " is rejected. The default is Kafka's retention.");

  public static final ConfigOption<Duration> FRAME_MAX_AHEAD =
      duration(
          "frame.max-ahead",
          Duration.ofHours(1),
          Rule.notNegative(),
          "How far ahead a capture time may lie, by the clock of the reading machine; a later frame"
              + " is rejected. The default is what Kafka's brokers accept.");

  public static final ConfigOption<Double> FRAME_MAX_RATE =
      real(
          "frame.max-rate",
          60.0,
          Rule.between(0.0, 10_000.0),
          "Most frames a second of each camera, by capture time, that are used at all, with bursts of"
              + " one second; more are passed over before they are decoded, so that a camera that"
              + " sends too much takes nothing from the others. 0 uses all.");

  public static final ConfigOption<Duration> FRAME_IDLE_TIMEOUT =
      duration(
          "frame.idle-timeout",
          Duration.ofSeconds(10),
          Rule.positiveDuration(),
          "A partition without frames for so long no longer holds event time back.");

  public static final ConfigOption<Integer> PAIRING_VIEWS =
      integer(
          "pairing.views",
          2,
          Rule.between(2, 16),
          "Views K of a positive group; more of them cost a step more and teach more.");

  public static final ConfigOption<Duration> PAIRING_MIN_GAP =
      duration(
          "pairing.min-gap",
          Duration.ofMillis(200),
          Rule.notNegative(),
          "Least time between two views of a group.");

  public static final ConfigOption<Duration> PAIRING_MAX_GAP =
      duration(
          "pairing.max-gap",
          Duration.ofSeconds(2),
          Rule.positiveDuration(),
          "Most time between two views of a group.");

  public static final ConfigOption<Duration> PAIRING_OUTAGE =
      duration(
          "pairing.outage",
          Duration.ofSeconds(5),
          Rule.positiveDuration(),
          "A silence of a camera longer than this breaks its open group.");

  public static final ConfigOption<Duration> PAIRING_DISORDER =
      duration(
          "pairing.disorder",
          Duration.ofMillis(500),
          Rule.notNegative(),
          "How late a frame may arrive behind the newest of its camera and still be put in order; a"
              + " later one is dropped and counted.");

  public static final ConfigOption<Double> PAIRING_CUT_THRESHOLD =
      real(
          "pairing.cut-threshold",
          0.15,
          Rule.between(0.0, 1.0),
          "Mean absolute difference of consecutive frames (0 to 1) above which the scene was cut and"
              + " the open group breaks.");

  public static final ConfigOption<Double> PAIRING_CHANGE_THRESHOLD =
      real(
          "pairing.change-threshold",
          0.005,
          Rule.between(0.0, 1.0),
          "Mean absolute difference to the group's last view (0 to 1) below which a frame shows a"
              + " still scene and is passed over; 0 passes over none.");

  public static final ConfigOption<Duration> PAIRING_EXPIRY =
      duration(
          "pairing.expiry",
          Duration.ofHours(2),
          Rule.positiveDuration(),
          "A camera's state is dropped when event time has moved on by this since its last frame."
              + " Above frame.max-ahead, no camera with a fast clock makes the others forgotten.");

  public static final ConfigOption<Integer> MEMORY_CAPACITY =
      integer(
          "memory.capacity",
          20_000,
          Rule.between(0, 10_000_000),
          "Positive groups kept for replay. Each takes K * size * size * 3 bytes of Flink state.");

  public static final ConfigOption<Eviction> MEMORY_EVICTION =
      enumeration(
          "memory.eviction",
          Eviction.class,
          Eviction.RESERVOIR,
          "Which group makes room: the oldest (fifo), one at random so that every group ever seen is"
              + " kept with the same chance (reservoir), or of the two that look most alike the older"
              + " one (redundancy; compares each new group with all that are held).");

  public static final ConfigOption<Integer> BATCH_GROUPS =
      integer(
          "batch.groups",
          64,
          Rule.between(2, 8192),
          "Positive groups B of a mini-batch; a step takes B * K frames.");

  public static final ConfigOption<Integer> BATCH_FRESH_GROUPS =
      integer(
          "batch.fresh-groups",
          16,
          Rule.between(1, 8192),
          "How many of them are new; the others are replayed from memory.");

  public static final ConfigOption<Integer> BATCH_STEPS =
      integer(
          "batch.steps",
          1,
          Rule.between(1, 100),
          "Steps for each set of fresh groups; the replayed ones are drawn anew each time.");

  public static final ConfigOption<String> ENCODER_ARCHITECTURE =
      choice(
          "encoder.architecture",
          "resnet-s",
          List.of("resnet-s"),
          "Kind of encoder; fixed for the life of a checkpoint, as all encoder options.");

  public static final ConfigOption<Integer> ENCODER_WIDTH =
      integer(
          "encoder.width",
          32,
          Rule.between(8, 512).and("a multiple of 8", width -> width % 8 == 0),
          "Channels of the first stage; each later stage doubles them.");

  public static final ConfigOption<Integer> ENCODER_DEPTH =
      integer(
          "encoder.depth", 1, Rule.between(1, 16), "Residual blocks of each of the four stages.");

  public static final ConfigOption<Integer> ENCODER_EMBEDDING_SIZE =
      integer("encoder.embedding-size", 128, Rule.between(2, 4096), "Numbers D of an embedding.");

  public static final ConfigOption<Normalization> ENCODER_NORMALIZATION =
      enumeration(
          "encoder.normalization",
          Normalization.class,
          Normalization.GROUP,
          "How activations are kept in scale; batch mixes the frames of a mini-batch and suits"
              + " streams badly.");

  public static final ConfigOption<String> ENCODER_WARM_START =
      optionalString(
          "encoder.warm-start",
          "Encoder that a new learner begins with: a snapshot directory (its latest version), a"
              + " version in it, or an exported .npz. It must have the same encoder options and"
              + " frame.size. A learner restored from a checkpoint or savepoint goes on with its own"
              + " encoder, and this is not read.");

  public static final ConfigOption<Double> AUGMENT_CROP_MIN_AREA =
      real(
          "augment.crop-min-area",
          0.3,
          Rule.aboveUpTo(0.0, 1.0),
          "Least share of a frame's area that a random resized crop keeps; 1 crops nothing.");

  public static final ConfigOption<Double> AUGMENT_FLIP =
      probability("augment.flip", 0.5, "Chance of a horizontal flip of a view.");

  public static final ConfigOption<Double> AUGMENT_BRIGHTNESS =
      probability("augment.brightness", 0.4, "Greatest relative change of a view's brightness.");

  public static final ConfigOption<Double> AUGMENT_CONTRAST =
      probability("augment.contrast", 0.4, "Greatest relative change of a view's contrast.");

  public static final ConfigOption<Double> AUGMENT_SATURATION =
      probability("augment.saturation", 0.4, "Greatest relative change of a view's saturation.");

  public static final ConfigOption<Double> AUGMENT_HUE =
      real(
          "augment.hue", 0.1, Rule.between(0.0, 0.5), "Greatest rotation of a view's hue (turns).");

  public static final ConfigOption<Double> AUGMENT_GRAYSCALE =
      probability("augment.grayscale", 0.2, "Chance that a view loses its colour.");

  public static final ConfigOption<Double> AUGMENT_BLUR =
      probability("augment.blur", 0.0, "Chance that a view is blurred.");

  public static final ConfigOption<Double> LOSS_TEMPERATURE =
      real(
          "loss.temperature",
          0.5,
          Rule.between(0.03, 10.0),
          "Temperature t of the loss; a smaller one looks at the hardest negatives only.");

  public static final ConfigOption<String> NEGATIVES_STRATEGIES =
      declare(
          key("negatives.strategies").stringType(),
          "camera",
          "text",
          new Rule<>(
              "none, or of camera, same-object, posterior and hard, each at most once, separated by"
                  + " commas",
              Reason::isList),
          "Which negatives count more than others, in the order in which it is decided: camera gives"
              + " the anchor's own camera its share, same-object takes away what is near in time,"
              + " posterior takes away likely class-mates by tau+, hard prefers similar ones.");

  public static final ConfigOption<Double> NEGATIVES_SAME_CAMERA_SHARE =
      probability(
          "negatives.same-camera-share",
          1.0,
          "Share of the anchor's own camera in the weight of its negatives, if it has some.");

  public static final ConfigOption<Duration> NEGATIVES_OBJECT_HORIZON =
      duration(
          "negatives.object-horizon",
          Duration.ofMinutes(1),
          Rule.positiveDuration(),
          "From which time on two groups of a camera show different objects (same-object).");

  public static final ConfigOption<Integer> NEGATIVES_HALF_LIFE_STEPS =
      integer(
          "negatives.half-life-steps",
          200,
          Rule.atLeast(1),
          "Steps after which an observation counts half (same-object).");

  public static final ConfigOption<Double> NEGATIVES_HARDNESS =
      real(
          "negatives.hardness",
          1.0,
          Rule.between(0.0, 20.0),
          "How much more a similar negative counts: weight exp(hardness * similarity) (hard).");

  public static final ConfigOption<Double> NEGATIVES_SHARPNESS =
      real(
          "negatives.sharpness",
          2.0,
          Rule.between(0.0, 20.0),
          "How strongly similarity tells class-mates from others (posterior).");

  public static final ConfigOption<Estimator> PRIOR_ESTIMATOR =
      enumeration(
          "prior.estimator",
          Estimator.class,
          Estimator.CONTRAST,
          "How tau+ is found: the fixed value; contrast, the effective prior: how often a negative, as"
              + " the loss weighs it, shows the anchor's own object, from similarities by the time"
              + " between frames; prototypes, the class prior from clusters of embeddings; labels, the"
              + " class prior from frames whose records carry the header label.");

  public static final ConfigOption<Double> PRIOR_FIXED =
      real(
          "prior.fixed",
          0.05,
          Rule.fromUpToBelow(0.0, 1.0),
          "tau+ where the estimator is fixed, and the value before an estimate is identified"
              + " otherwise; 0 is the ordinary contrastive loss.");

  public static final ConfigOption<Double> PRIOR_MIN =
      real("prior.min", 0.0, Rule.fromUpToBelow(0.0, 1.0), "Lower bound of the estimate.");

  public static final ConfigOption<Double> PRIOR_MAX =
      real(
          "prior.max",
          0.5,
          Rule.fromUpToBelow(0.0, 1.0),
          "Upper bound of the estimate; the loss divides by 1 - tau+.");

  public static final ConfigOption<Integer> PRIOR_HALF_LIFE_STEPS =
      integer(
          "prior.half-life-steps",
          200,
          Rule.atLeast(1),
          "Steps after which an observation counts half.");

  public static final ConfigOption<Integer> PRIOR_WARMUP_STEPS =
      integer("prior.warmup-steps", 100, Rule.atLeast(0), "Steps before an estimate is used.");

  public static final ConfigOption<Integer> PRIOR_BINS =
      integer(
          "prior.bins",
          100,
          Rule.between(2, 10_000),
          "Bins of a similarity histogram over [-1, 1].");

  public static final ConfigOption<Integer> PRIOR_PROTOTYPES =
      integer(
          "prior.prototypes",
          PriorSettings.PROTOTYPES,
          Rule.between(2, 256),
          "Most clusters that the prototypes estimator tries; it takes the number whose clusters are"
              + " the clearest, if they are clear and the same in both halves of the stream.");

  public static final ConfigOption<Double> OPTIMIZER_LEARNING_RATE =
      real("optimizer.learning-rate", 1e-3, Rule.positive(), "Learning rate after warm-up.");

  public static final ConfigOption<Integer> OPTIMIZER_WARMUP_STEPS =
      integer(
          "optimizer.warmup-steps",
          50,
          Rule.atLeast(0),
          "Steps over which the learning rate rises linearly from 0.");

  public static final ConfigOption<Double> OPTIMIZER_BETA1 =
      real("optimizer.beta1", 0.9, Rule.fromUpToBelow(0.0, 1.0), "Decay of Adam's first moment.");

  public static final ConfigOption<Double> OPTIMIZER_BETA2 =
      real(
          "optimizer.beta2", 0.999, Rule.fromUpToBelow(0.0, 1.0), "Decay of Adam's second moment.");

  public static final ConfigOption<Double> OPTIMIZER_EPSILON =
      real("optimizer.epsilon", 1e-8, Rule.positive(), "Added to the root of the second moment.");

  public static final ConfigOption<Double> OPTIMIZER_WEIGHT_DECAY =
      real(
          "optimizer.weight-decay",
          1e-4,
          Rule.between(0.0, 1.0),
          "Decoupled weight decay of matrices and kernels; 0 for none.");

  public static final ConfigOption<Double> OPTIMIZER_CLIP_NORM =
      real(
          "optimizer.clip-norm",
          1.0,
          Rule.positive(),
          "Greatest norm of a gradient; a longer one is scaled down to it.");

  public static final ConfigOption<Long> LEARNER_SEED =
      number(
          "learner.seed",
          1L,
          Rule.any(),
          "Root of every random draw; the same frames in the same order with the same seed give the"
              + " same weights to the bit.");

  public static final ConfigOption<Long> LEARNER_MAX_STEPS =
      number(
          "learner.max-steps",
          0L,
          Rule.between(0L, 1_000_000_000_000L),
          "Steps after which the learner writes a last snapshot and learns no more; the job goes on"
              + " to read. 0 sets no end.");

  public static final ConfigOption<Integer> LEARNER_MAX_SKIPPED_STEPS =
      integer(
          "learner.max-skipped-steps",
          10,
          Rule.atLeast(0),
          "A step with a non-finite loss or gradient leaves the weights alone; more of them in a row"
              + " than this fail the job.");

  public static final ConfigOption<String> SNAPSHOT_DIRECTORY =
      optionalString(
          "snapshot.directory",
          "Where encoder snapshots go: a directory of any file system that Flink knows, of one job"
              + " only. None are written if it is not set.");

  public static final ConfigOption<Integer> SNAPSHOT_INTERVAL_STEPS =
      integer(
          "snapshot.interval-steps",
          100,
          Rule.atLeast(1),
          "Steps from one encoder snapshot to the next; one more is written when the stream ends.");

  public static final ConfigOption<Integer> SNAPSHOT_KEEP =
      integer(
          "snapshot.keep",
          5,
          Rule.atLeast(1),
          "Snapshots that are kept; the oldest beyond that are deleted.");

  public static final ConfigOption<Duration> SNAPSHOT_MAX_AGE =
      duration(
          "snapshot.max-age",
          Duration.ZERO,
          Rule.notNegative(),
          "Age beyond which a snapshot is deleted, save the latest; 0 keeps them however old.");

  public static final ConfigOption<Boolean> EMBEDDINGS_ENABLED =
      flag(
          "embeddings.enabled",
          true,
          "Whether frames are embedded with the newest encoder and published.");

  public static final ConfigOption<EmbeddingFormat> EMBEDDINGS_FORMAT =
      enumeration(
          "embeddings.format",
          EmbeddingFormat.class,
          EmbeddingFormat.BINARY,
          "Form of a published embedding; JSON takes several times the bytes.");

  public static final ConfigOption<Double> EMBEDDINGS_MAX_RATE =
      real(
          "embeddings.max-rate",
          0.0,
          Rule.between(0.0, 1000.0),
          "Most frames a second of each camera, by capture time, that are embedded; 0 embeds every"
              + " frame that is used.");

  public static final ConfigOption<Integer> EMBEDDINGS_BATCH =
      integer(
          "embeddings.batch",
          32,
          Rule.between(1, 1024),
          "Most frames that go through the encoder at once.");

  public static final ConfigOption<Duration> EMBEDDINGS_MAX_WAIT =
      duration(
          "embeddings.max-wait",
          Duration.ofMillis(100),
          Rule.notNegative(),
          "Longest time that a frame waits for others to be embedded with; 0 embeds each by itself.");

  public static final ConfigOption<Integer> EMBEDDINGS_REFRESH_STEPS =
      integer(
          "embeddings.refresh-steps",
          20,
          Rule.atLeast(1),
          "Training steps after which the newest encoder goes to the embedding operators.");

  public static final ConfigOption<Integer> EMBEDDINGS_THREADS =
      integer(
          "embeddings.threads",
          1,
          Rule.between(1, 1024),
          "Native threads of each embedding operator, which it has besides the learner's.");

  public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
      duration(
          "checkpoint.interval",
          Duration.ofMinutes(1),
          Rule.notNegative(),
          "Time from one checkpoint to the next; 0 takes none, and a failure then starts anew.");

  public static final ConfigOption<String> CHECKPOINT_DIRECTORY =
      optionalString(
          "checkpoint.directory",
          "Where checkpoints go: a directory of any file system that Flink knows and every machine of"
              + " the cluster reaches. Needed unless the cluster sets execution.checkpointing.dir.");

  private static final List<Option<?>> ALL = Collections.unmodifiableList(DECLARED);

  private AfterimageOptions() {}

  /** Every option, in the order of the documentation. */
  static List<Option<?>> all() {
    return ALL;
  }

  private static <T> ConfigOption<T> declare(
      TypedConfigOptionBuilder<T> builder,
      @Nullable T value,
      String type,
      Rule<T> rule,
      String description) {
    ConfigOption<T> option =
        (value == null ? builder.noDefaultValue() : builder.defaultValue(value))
            .withDescription(description);
    DECLARED.add(new Option<>(option, type, rule, description));
    return option;
  }

  private static ConfigOption<String> string(String key, String value, String description) {
    return declare(key(key).stringType(), value, "text", Rule.notBlank(), description);
  }

  private static ConfigOption<String> optionalString(String key, String description) {
    return declare(key(key).stringType(), null, "text", Rule.notBlank(), description);
  }

  private static ConfigOption<String> choice(
      String key, String value, List<String> choices, String description) {
    return declare(
        key(key).stringType(),
        value,
        "text",
        new Rule<>(String.join(" or ", choices), choices::contains),
        description);
  }

  private static ConfigOption<Boolean> flag(String key, boolean value, String description) {
    return declare(key(key).booleanType(), value, "true or false", Rule.any(), description);
  }

  private static ConfigOption<Integer> integer(
      String key, int value, Rule<Integer> rule, String description) {
    return declare(key(key).intType(), value, "an integer", rule, description);
  }

  private static ConfigOption<Long> number(
      String key, long value, Rule<Long> rule, String description) {
    return declare(key(key).longType(), value, "an integer", rule, description);
  }

  private static ConfigOption<Double> real(
      String key, double value, Rule<Double> rule, String description) {
    return declare(key(key).doubleType(), value, "a number", rule, description);
  }

  private static ConfigOption<Double> probability(String key, double value, String description) {
    return real(key, value, Rule.between(0.0, 1.0), description);
  }

  private static ConfigOption<Duration> duration(
      String key, Duration value, Rule<Duration> rule, String description) {
    return declare(key(key).durationType(), value, "a duration", rule, description);
  }

  private static ConfigOption<MemorySize> memory(
      String key, MemorySize value, Rule<MemorySize> rule, String description) {
    return declare(key(key).memoryType(), value, "a size in bytes", rule, description);
  }

  private static <E extends Enum<E>> ConfigOption<E> enumeration(
      String key, Class<E> type, E value, String description) {
    String names =
        Stream.of(type.getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return declare(key(key).enumType(type), value, "one of " + names, Rule.any(), description);
  }
}
