package io.afterimage.stream.option;

import static io.afterimage.stream.option.AfterimageOptions.BATCH_FRESH_GROUPS;
import static io.afterimage.stream.option.AfterimageOptions.BATCH_GROUPS;
import static io.afterimage.stream.option.AfterimageOptions.CHECKPOINT_INTERVAL;
import static io.afterimage.stream.option.AfterimageOptions.FRAME_MAX_PIXELS;
import static io.afterimage.stream.option.AfterimageOptions.FRAME_MIN_SIDE;
import static io.afterimage.stream.option.AfterimageOptions.MEMORY_CAPACITY;
import static io.afterimage.stream.option.AfterimageOptions.PAIRING_CHANGE_THRESHOLD;
import static io.afterimage.stream.option.AfterimageOptions.PAIRING_CUT_THRESHOLD;
import static io.afterimage.stream.option.AfterimageOptions.PAIRING_DISORDER;
import static io.afterimage.stream.option.AfterimageOptions.PAIRING_EXPIRY;
import static io.afterimage.stream.option.AfterimageOptions.PAIRING_MAX_GAP;
import static io.afterimage.stream.option.AfterimageOptions.PAIRING_MIN_GAP;
import static io.afterimage.stream.option.AfterimageOptions.PAIRING_OUTAGE;
import static io.afterimage.stream.option.AfterimageOptions.PAIRING_VIEWS;
import static io.afterimage.stream.option.AfterimageOptions.PRIOR_ESTIMATOR;
import static io.afterimage.stream.option.AfterimageOptions.PRIOR_FIXED;
import static io.afterimage.stream.option.AfterimageOptions.PRIOR_MAX;
import static io.afterimage.stream.option.AfterimageOptions.PRIOR_MIN;
import static io.afterimage.stream.option.AfterimageOptions.SINK_DELIVERY_GUARANTEE;
import static io.afterimage.stream.option.AfterimageOptions.SINK_TRANSACTION_TIMEOUT;
import static io.afterimage.stream.option.AfterimageOptions.TOPIC_EMBEDDINGS;
import static io.afterimage.stream.option.AfterimageOptions.TOPIC_FRAMES;
import static io.afterimage.stream.option.AfterimageOptions.TOPIC_REJECTED;
import static io.afterimage.stream.option.AfterimageOptions.TOPIC_TRAINING;

import io.afterimage.train.prior.PriorSettings.Estimator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Options that are each allowed but not together.
 *
 * @param options the options concerned
 * @param clashes whether their values clash
 * @param rule what must hold between them, and why
 */
record OptionClash(List<ConfigOption<?>> options, Predicate<Configuration> clashes, String rule) {
  static final List<OptionClash> ALL =
      List.of(
          new OptionClash(
              List.of(PAIRING_MIN_GAP, PAIRING_MAX_GAP),
              o -> o.get(PAIRING_MIN_GAP).compareTo(o.get(PAIRING_MAX_GAP)) > 0,
              "pairing.min-gap must not exceed pairing.max-gap, or no gap fits the window"),
          new OptionClash(
              List.of(PAIRING_VIEWS, PAIRING_MIN_GAP, PAIRING_MAX_GAP),
              o ->
                  o.get(PAIRING_MIN_GAP).compareTo(o.get(PAIRING_MAX_GAP)) <= 0
                      && o.get(PAIRING_MIN_GAP)
                              .multipliedBy(o.get(PAIRING_VIEWS) - 1L)
                              .compareTo(o.get(PAIRING_MAX_GAP))
                          > 0,
              "pairing.max-gap must be at least (pairing.views - 1) * pairing.min-gap, or no group"
                  + " fits the window"),
          new OptionClash(
              List.of(PAIRING_DISORDER, PAIRING_OUTAGE),
              o -> o.get(PAIRING_DISORDER).compareTo(o.get(PAIRING_OUTAGE)) > 0,
              "pairing.disorder must not exceed pairing.outage, or a late frame looks like a clock"
                  + " that was set back"),
          new OptionClash(
              List.of(PAIRING_CHANGE_THRESHOLD, PAIRING_CUT_THRESHOLD),
              o -> o.get(PAIRING_CHANGE_THRESHOLD) >= o.get(PAIRING_CUT_THRESHOLD),
              "pairing.change-threshold must be below pairing.cut-threshold, or every change is"
                  + " either none or a cut"),
          new OptionClash(
              List.of(PAIRING_OUTAGE, PAIRING_MIN_GAP),
              o -> o.get(PAIRING_OUTAGE).compareTo(o.get(PAIRING_MIN_GAP)) < 0,
              "pairing.outage must not be shorter than pairing.min-gap, or every group breaks"),
          new OptionClash(
              List.of(PAIRING_EXPIRY, PAIRING_OUTAGE, PAIRING_DISORDER),
              o ->
                  o.get(PAIRING_EXPIRY)
                          .compareTo(o.get(PAIRING_OUTAGE).plus(o.get(PAIRING_DISORDER)))
                      < 0,
              "pairing.expiry must be at least pairing.outage + pairing.disorder, or cameras that"
                  + " still send are forgotten"),
          new OptionClash(
              List.of(BATCH_FRESH_GROUPS, BATCH_GROUPS),
              o -> o.get(BATCH_FRESH_GROUPS) > o.get(BATCH_GROUPS),
              "batch.fresh-groups must not exceed batch.groups, which they are part of"),
          new OptionClash(
              List.of(MEMORY_CAPACITY, BATCH_GROUPS, BATCH_FRESH_GROUPS),
              o -> o.get(MEMORY_CAPACITY) < o.get(BATCH_GROUPS) - o.get(BATCH_FRESH_GROUPS),
              "memory.capacity must be at least batch.groups - batch.fresh-groups, which are replayed"
                  + " from it"),
          new OptionClash(
              List.of(FRAME_MIN_SIDE, FRAME_MAX_PIXELS),
              o -> (long) o.get(FRAME_MIN_SIDE) * o.get(FRAME_MIN_SIDE) > o.get(FRAME_MAX_PIXELS),
              "frame.max-pixels must be at least frame.min-side squared, or no image is taken"),
          new OptionClash(
              List.of(PRIOR_MIN, PRIOR_MAX),
              o -> o.get(PRIOR_MIN) > o.get(PRIOR_MAX),
              "prior.min must not exceed prior.max, or no estimate lies within"),
          new OptionClash(
              List.of(PRIOR_ESTIMATOR, PRIOR_FIXED, PRIOR_MIN, PRIOR_MAX),
              o ->
                  o.get(PRIOR_ESTIMATOR) != Estimator.FIXED
                      && (o.get(PRIOR_FIXED) < o.get(PRIOR_MIN)
                          || o.get(PRIOR_FIXED) > o.get(PRIOR_MAX)),
              "prior.fixed must lie within prior.min and prior.max, since it stands in for an"
                  + " estimate"),
          new OptionClash(
              List.of(SINK_DELIVERY_GUARANTEE, CHECKPOINT_INTERVAL),
              o ->
                  o.get(SINK_DELIVERY_GUARANTEE) == SinkGuarantee.EXACTLY_ONCE
                      && o.get(CHECKPOINT_INTERVAL).isZero(),
              "sink.delivery-guarantee exactly-once needs a checkpoint.interval, since a transaction"
                  + " ends with a checkpoint"),
          new OptionClash(
              List.of(SINK_DELIVERY_GUARANTEE, SINK_TRANSACTION_TIMEOUT, CHECKPOINT_INTERVAL),
              o ->
                  o.get(SINK_DELIVERY_GUARANTEE) == SinkGuarantee.EXACTLY_ONCE
                      && o.get(SINK_TRANSACTION_TIMEOUT).compareTo(o.get(CHECKPOINT_INTERVAL)) <= 0,
              "sink.transaction-timeout must be longer than checkpoint.interval, or Kafka gives up"
                  + " every transaction before it ends"),
          new OptionClash(
              List.of(TOPIC_FRAMES, TOPIC_REJECTED, TOPIC_TRAINING, TOPIC_EMBEDDINGS),
              o ->
                  Stream.of(TOPIC_FRAMES, TOPIC_REJECTED, TOPIC_TRAINING, TOPIC_EMBEDDINGS)
                          .map(o::get)
                          .distinct()
                          .count()
                      < 4,
              "kafka.topic.frames, .rejected, .training and .embeddings must differ, or a topic"
                  + " holds what its readers do not know"));

  boolean isAbout(String key) {
    return options.stream().anyMatch(option -> option.key().equals(key));
  }

  /** The rule and the values that break it; empty if they keep it. */
  Optional<String> problem(Configuration configuration) {
    if (!clashes.test(configuration)) {
      return Optional.empty();
    }
    List<String> values =
        options.stream()
            .map(option -> option.key() + " = " + Option.shown(configuration.get(option)))
            .toList();
    return Optional.of(rule + ", but " + String.join(", ", values));
  }
}
