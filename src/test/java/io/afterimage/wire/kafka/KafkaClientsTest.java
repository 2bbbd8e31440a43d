package io.afterimage.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaClientsTest {
  /** The reason that a client's own message hides: "Failed to create new KafkaAdminClient". */
  @ParameterizedTest
  @CsvSource({
    "no-port, reconnect.backoff.ms, 50, no-port",
    "127.0.0.1:1, reconnect.backoff.ms, soon, soon",
    "127.0.0.1:1, metric.reporters, no.such.Reporter, no.such.Reporter",
    "127.0.0.1:1, security.protocol, SASL_SSL, JAAS configuration",
  })
  void admin_thatCannotBeMade_saysWhy(String brokers, String name, String value, String why) {
    KafkaClients clients = new KafkaClients(brokers, Map.of(name, value));

    assertThatExceptionOfType(KafkaException.class)
        .isThrownBy(() -> clients.admin(Map.of()))
        .withMessageContaining(why);
  }

  @Test
  void properties_changedLater_areThoseThatWereGiven() throws Exception {
    Map<String, String> properties = new HashMap<>(Map.of("client.id", "a"));
    KafkaClients clients = new KafkaClients("b:1", properties);
    properties.put("client.id", "b");

    assertThat(clients.settings(Map.of("client.id", "c"))).containsEntry("client.id", "a");
    assertThat(InstantiationUtil.clone(clients)).isEqualTo(clients);
  }

  @Test
  void toString_propertiesWithALogin_showsNone() {
    KafkaClients clients =
        new KafkaClients("b:1", Map.of("sasl.jaas.config", "required password=\"secret\";"));

    assertThat(clients).hasToString("KafkaClients[b:1]");
  }
}
