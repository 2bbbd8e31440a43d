package io.afterimage.stream.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options for Flink and for Kafka's clients, checked before the job starts. */
class PassedOnOptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          flink.execution.checkpointing.intervall       | did you mean flink.execution.checkpointing.interval?
          flink.Parallelism.Default                     | did you mean flink.parallelism.default?
          flink.restart-strategy.typ                    | did you mean flink.restart-strategy.type?
          flink.env.java.ops.taskmanager                | did you mean flink.env.java.opts.taskmanager?
          flink.state.backend.rocksdb.memory.manged     | did you mean flink.state.backend.rocksdb.memory.managed?
          flink.colour                                  | Flink has no such option; unchecked.flink.colour passes it on to a plug-in
          flink.topic                                   | Flink has no such option; unchecked.flink.topic passes it on to a plug-in
          flink.                                        | a name must follow the last dot
          flink.class                                   | Flink has no such option; unchecked.flink.class passes it on to a plug-in
          kafka.property.security.protocoll             | did you mean kafka.property.security.protocol?
          kafka.property.ssl.truststore.pasword         | did you mean kafka.property.ssl.truststore.password?
          kafka.property.max.pol.records                | did you mean kafka.property.max.poll.records?
          kafka.property.lingerms                       | did you mean kafka.property.linger.ms?
          kafka.property.my.interceptor.address         | Kafka's clients have no such property; unchecked.kafka.property.my.interceptor.address passes it on to a plug-in
          kafka.property.                               | a name must follow the last dot
          unchecked.flink.                              | a name must follow the last dot
          unchecked.frame.size                          | --help lists all of them
          parallelism.default                           | did you mean flink.parallelism.default?
          kafka.security.protocol                       | did you mean kafka.property.security.protocol?
          kafka.properties.sasl.mechanism               | did you mean kafka.property.sasl.mechanism?
          frame.Size                                    | did you mean frame.size?
          """)
  void read_unknownName_isNamedWithTheNearest(String name, String hint) {
    assertThat(problem(name, "5s")).isEqualTo("unknown option %s: %s".formatted(name, hint));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          flink.execution.checkpointing.interval | 5 parsecs  | flink.execution.checkpointing.interval has a value that Flink cannot read, '5 parsecs': Time interval unit label 'parsecs' does not match
          flink.parallelism.default              | two        | flink.parallelism.default has a value that Flink cannot read, 'two':
          flink.execution.checkpointing.mode     | AT_MOST    | flink.execution.checkpointing.mode has a value that Flink cannot read, 'AT_MOST':
          kafka.property.max.poll.records        | many       | kafka.property.max.poll.records has a value that Kafka's clients cannot read, 'many': Not a number of type INT
          kafka.property.max.poll.records        | 0          | kafka.property.max.poll.records has a value that Kafka's clients cannot read, '0': Value must be at least 1
          kafka.property.security.protocol       | SSLL       | kafka.property.security.protocol has a value that Kafka's clients cannot read, 'SSLL': String must be one of
          kafka.property.bootstrap.servers       | b:9092     | kafka.property.bootstrap.servers cannot be set: use kafka.bootstrap-servers instead
          kafka.property.group.id                | g          | kafka.property.group.id cannot be set: use kafka.group-id instead
          kafka.property.auto.offset.reset       | latest     | kafka.property.auto.offset.reset cannot be set: use kafka.start instead
          kafka.property.transaction.timeout.ms  | 1          | kafka.property.transaction.timeout.ms cannot be set: use sink.transaction-timeout instead
          kafka.property.key.serializer          | K          | kafka.property.key.serializer cannot be set: the job decides it
          """)
  void read_valueThatIsNotRead_isNamedWithTheReason(String name, String value, String problem) {
    assertThat(problem(name, value)).startsWith(problem).doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "flink.execution.checkpointing.interval, 5s",
    "flink.state.backend.type, rocksdb",
    "flink.state.backend.rocksdb.memory.managed, true",
    "flink.execution.checkpointing.dir, file:///tmp/c",
    "flink.state.checkpoints.dir, file:///tmp/c",
    "flink.env.java.opts.taskmanager, -Xss2m",
    "flink.metrics.reporter.prometheus.port, 9249",
    "flink.metrics.scope.operator, <operator_name>",
    "flink.pipeline.global-job-parameters.color, red",
    "flink.s3.path.style.access, true",
    "flink.fs.azure.account.key.me.blob.core.windows.net, x",
    "flink.fs.default-scheme, file:///",
    "flink.kubernetes.namespace, learning",
    "flink.containerized.taskmanager.env.LANG, C",
    "flink.high-availability.zookeeper.quorum, a:2181",
    "kafka.property.security.protocol, SASL_SSL",
    "kafka.property.sasl.jaas.config, module required;",
    "kafka.property.sasl.login.callback.handler.class, org.example.NotHere",
    "kafka.property.ssl.keystore.location, /keys",
    "kafka.property.max.poll.records, 100",
    "kafka.property.linger.ms, 5",
    "kafka.property.client.id.prefix, me",
    "kafka.property.config.providers, file",
    "kafka.property.config.providers.file.class, org.example.NotHere",
    "kafka.property.enable.auto.commit, true"
  })
  void read_knownName_isPassedOn(String name, String value) throws Exception {
    assertThat(OptionsReader.read(null, Map.of(name, value)).toMap())
        .containsExactly(Map.entry(name, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink.my.plugin.level", "kafka.property.my.interceptor.address"})
  void read_unchecked_isPassedOnWithoutThePrefix(String name) throws Exception {
    assertThat(OptionsReader.read(null, Map.of("unchecked." + name, "x")).toMap())
        .containsExactly(Map.entry(name, "x"));
  }

  @Test
  void read_unreadableSecret_isNotShown() {
    assertThat(problem("flink.security.ssl.rest.key-password-as-int", "hunter2"))
        .doesNotContain("hunter2");
  }

  @Test
  void flinkOptions_areThoseOfEveryPart() {
    assertThat(FlinkOptionNames.all())
        .hasSizeGreaterThan(400)
        .contains("rest.port", "pipeline.max-parallelism", "state.backend.rocksdb.memory.managed");
  }

  private static String problem(String name, String value) {
    InvalidOptionsException refused =
        catchThrowableOfType(
            InvalidOptionsException.class, () -> OptionsReader.read(null, Map.of(name, value)));
    assertThat(refused).as(name).isNotNull();
    assertThat(refused.problems()).hasSize(1);
    return refused.problems().get(0);
  }
}
