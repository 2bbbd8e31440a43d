package io.afterimage.stream.option;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** How records are written to Kafka. */
public final class SinkOptions {
  static final OptionGroup OPTIONS = new OptionGroup("sink");

  public static final ConfigOption<SinkGuarantee> DELIVERY_GUARANTEE =
      OPTIONS.enumeration(
          "delivery-guarantee",
          SinkGuarantee.class,
          SinkGuarantee.AT_LEAST_ONCE,
          "What holds for written records when the job recovers: at-least-once may write one again,"
              + " with the same key; exactly-once writes in transactions that end with a checkpoint,"
              + " for consumers with isolation.level read_committed.");

  public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
      OPTIONS.text(
          "transactional-id-prefix",
          "afterimage",
          "What the ids of those transactions begin with; no two jobs on one Kafka may share it.");

  public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
      OPTIONS.duration(
          "transaction-timeout",
          Duration.ofMinutes(15),
          Rule.positiveDuration(),
          "Time after which Kafka gives up a transaction, and its records are lost: longer than the"
              + " longest outage of the job, and at most the brokers' transaction.max.timeout.ms.");

  static {
    OPTIONS.clash(
        List.of(DELIVERY_GUARANTEE, CheckpointOptions.INTERVAL),
        o ->
            o.get(DELIVERY_GUARANTEE) == SinkGuarantee.EXACTLY_ONCE
                && o.get(CheckpointOptions.INTERVAL).isZero(),
        "sink.delivery-guarantee exactly-once needs a checkpoint.interval, since a transaction"
            + " ends with a checkpoint");
    OPTIONS.clash(
        List.of(DELIVERY_GUARANTEE, TRANSACTION_TIMEOUT, CheckpointOptions.INTERVAL),
        o ->
            o.get(DELIVERY_GUARANTEE) == SinkGuarantee.EXACTLY_ONCE
                && o.get(TRANSACTION_TIMEOUT).compareTo(o.get(CheckpointOptions.INTERVAL)) <= 0,
        "sink.transaction-timeout must be longer than checkpoint.interval, or Kafka gives up"
            + " every transaction before it ends");
  }

  private SinkOptions() {}
}
