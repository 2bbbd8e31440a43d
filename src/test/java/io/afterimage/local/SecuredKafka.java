package io.afterimage.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A broker with a second listener that speaks TLS only and asks for a password (SASL PLAIN). Its
 * certificate is created for each run, and its clients trust nothing else.
 */
public final class SecuredKafka implements AutoCloseable {
  /** Nothing that a test reads may hold this: every secret begins with it. */
  public static final String SECRET = "do-not-show";

  private static final String USER_PASSWORD = SECRET + "-user";
  private static final String STORE_PASSWORD = SECRET + "-store";

  private final EmbeddedKafka kafka;
  private final int port;
  private final Path trusted;

  private SecuredKafka(EmbeddedKafka kafka, int port, Path trusted) {
    this.kafka = kafka;
    this.port = port;
    this.trusted = trusted;
  }

  /**
   * @param directory where the certificate and the broker's log lie
   */
  public static SecuredKafka start(Path directory) throws IOException, InterruptedException {
    Path own = directory.resolve("broker.p12");
    Path certificate = directory.resolve("broker.pem");
    Path trusted = directory.resolve("trusted.p12");
    keytool(
        own,
        "-genkeypair -alias broker -keyalg EC -dname CN=broker -ext SAN=IP:127.0.0.1 -validity 2");
    keytool(own, "-exportcert -rfc -alias broker -file", certificate.toString());
    keytool(trusted, "-importcert -noprompt -alias broker -file", certificate.toString());
    int port = freePort();
    String listener = "listener.name.secure.";
    EmbeddedKafka kafka =
        EmbeddedKafka.startSecured(
            directory.resolve("log"),
            port,
            Map.of(
                listener + "ssl.keystore.type",
                "PKCS12",
                listener + "ssl.keystore.location",
                own.toString(),
                listener + "ssl.keystore.password",
                STORE_PASSWORD,
                listener + "ssl.key.password",
                STORE_PASSWORD,
                listener + "sasl.enabled.mechanisms",
                "PLAIN",
                listener + "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_afterimage=\"%s\";"
                    .formatted(USER_PASSWORD)));
    return new SecuredKafka(kafka, port, trusted);
  }

  /** The same broker without its guard. */
  public EmbeddedKafka open() {
    return kafka;
  }

  /** The address for clients with TLS. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The properties that Kafka's clients need to log in. */
  public Map<String, String> clientProperties() {
    return clientProperties(USER_PASSWORD);
  }

  /** As {@link #clientProperties()}, with a password of the user's. */
  public Map<String, String> clientProperties(String password) {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.location",
        trusted.toString(),
        "ssl.truststore.password",
        STORE_PASSWORD,
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"afterimage\" password=\"%s\";"
            .formatted(password));
  }

  @Override
  public void close() {
    kafka.close();
  }

  private static void keytool(Path store, String arguments, String... more)
      throws IOException, InterruptedException {
    String[] command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
                Arrays.stream(arguments.split(" ")),
                Arrays.stream(more),
                Stream.of("-keystore", store.toString(), "-storepass", STORE_PASSWORD),
                Stream.of("-storetype", "PKCS12"))
            .flatMap(part -> part)
            .toArray(String[]::new);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
