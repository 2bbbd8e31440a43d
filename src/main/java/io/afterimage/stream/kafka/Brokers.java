package io.afterimage.stream.kafka;

import io.afterimage.stream.option.InvalidOptionsException;
import io.afterimage.stream.option.KafkaOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queries the brokers' configuration, with a time limit for each answer. */
final class Brokers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Brokers.class);

  private final String servers;
  private final Duration patience;
  private final Admin admin;

  /**
   * @throws InvalidOptionsException if no client can be created from the options
   */
  Brokers(Configuration options, Duration patience) throws InvalidOptionsException {
    servers = options.get(KafkaOptions.BOOTSTRAP_SERVERS);
    this.patience = patience;
    try {
      admin = KafkaOptions.clients(options).admin(Map.of());
    } catch (KafkaException e) {
      throw new InvalidOptionsException(
          List.of(
              "kafka.bootstrap-servers and kafka.property.* must make a client, but for %s: %s"
                  .formatted(servers, e.getMessage())));
    }
  }

  /**
   * The nodes of the cluster.
   *
   * @throws InvalidOptionsException if they refuse this client
   */
  Collection<Node> nodes() throws NoBrokerException, InvalidOptionsException {
    try {
      return await(admin.describeCluster().nodes());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthenticationException) {
        throw new InvalidOptionsException(
            List.of(
                "kafka.property.* must hold a login that the brokers at %s accept, but: %s"
                    .formatted(servers, e.getCause().getMessage())));
      }
      throw new NoBrokerException(
          "no broker answers at %s (kafka.bootstrap-servers): %s"
              .formatted(servers, e.getCause().getMessage()));
    }
  }

  /** The answer about a topic: a description, a problem, or neither if it does not exist. */
  record Topic(Optional<TopicDescription> found, Optional<String> problem) {}

  /** The answers by topic. */
  Map<String, Topic> topics(Collection<String> names) throws NoBrokerException {
    Map<String, Topic> topics = new HashMap<>();
    for (var answer : admin.describeTopics(names).topicNameValues().entrySet()) {
      topics.put(answer.getKey(), topic(answer.getValue()));
    }
    return topics;
  }

  private Topic topic(KafkaFuture<TopicDescription> answer) throws NoBrokerException {
    try {
      return new Topic(Optional.of(await(answer)), Optional.empty());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return new Topic(Optional.empty(), Optional.empty());
      }
      if (e.getCause() instanceof AuthorizationException
          || e.getCause() instanceof InvalidTopicException) {
        return new Topic(Optional.empty(), Optional.of(e.getCause().getMessage()));
      }
      throw new NoBrokerException(
          "the brokers at %s describe no topics: %s".formatted(servers, e.getCause().getMessage()));
    }
  }

  /**
   * The settings of a topic or a node; empty, with a warning, if this client is not allowed to read
   * them.
   */
  Optional<Config> settings(ConfigResource of) throws NoBrokerException {
    try {
      return Optional.of(await(admin.describeConfigs(List.of(of)).values().get(of)));
    } catch (ExecutionException e) {
      LOG.warn(
          "The settings of {} {} were not checked: {}",
          of.type(),
          of.name(),
          e.getCause().getMessage());
      return Optional.empty();
    }
  }

  private <T> T await(KafkaFuture<T> answer) throws ExecutionException, NoBrokerException {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new NoBrokerException(
          "no broker answers at %s (kafka.bootstrap-servers) within %s"
              .formatted(servers, TimeUtils.formatWithHighestUnit(patience)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoBrokerException("interrupted while the brokers at " + servers + " were asked");
    }
  }

  /** Abandons requests without an answer. */
  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
