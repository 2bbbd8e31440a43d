package io.afterimage.stream.option;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** Options for writing records to Kafka. */
public final class SinkOptions {
  static final OptionGroup OPTIONS = new OptionGroup("sink");

  public static final ConfigOption<SinkGuarantee> DELIVERY_GUARANTEE =
      OPTIONS.enumeration(
          "delivery-guarantee",
          SinkGuarantee.class,
          SinkGuarantee.AT_LEAST_ONCE,
          "Guarantee for records written to Kafka when the job recovers from a failure."
              + " at-least-once may write a record twice, with the same key. exactly-once writes"
              + " in transactions that are committed with each checkpoint; consumers need"
              + " isolation.level=read_committed.");

  public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
      OPTIONS.text(
          "transactional-id-prefix",
          "afterimage",
          "Prefix of the transactional ids (exactly-once). Every job on one Kafka cluster"
              + " needs its own.");

  public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
      OPTIONS.duration(
          "transaction-timeout",
          Duration.ofMinutes(15),
          Rule.positiveDuration(),
          "Time after which Kafka aborts an open transaction, whose records are then lost"
              + " (exactly-once). It must exceed the longest expected outage of the job, and"
              + " must not exceed the brokers' transaction.max.timeout.ms.");

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
