package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code jobs/cluster.sh} on a cluster of which there is only what it asks: Flink's REST interface,
 * and a Java that does nothing.
 */
class ClusterScriptTest {
  private static final String JOB = "0123456789abcdef0123456789abcdef";

  @TempDir Path directory;

  private final Queue<String> states = new ArrayDeque<>();
  private HttpServer flink;
  private Path cluster;

  @BeforeEach
  void startFlink() throws IOException {
    flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    flink.createContext("/jobs/overview", exchange -> answer(exchange, overview()));
    flink.createContext(
        "/jobs/" + JOB + "/status",
        exchange -> answer(exchange, "{\"status\":\"%s\"}".formatted(next())));
    flink.start();
    cluster = directory.resolve("my cluster");
    Files.createDirectories(cluster.resolve("conf"));
    Files.writeString(
        cluster.resolve("ports"), "PORT_BASE=" + (flink.getAddress().getPort() - 1) + "\n");
    Files.writeString(cluster.resolve("conf/config.yaml"), "env.java.opts.all: -Dnone=1\n");
  }

  @AfterEach
  void stopFlink() {
    flink.stop(0);
  }

  @Test
  void cancel_returnsWhenTheJobHasEnded() throws Exception {
    states.addAll(List.of("RUNNING", "CANCELLING", "CANCELLING", "CANCELED"));
    Script.Result result = script().run("cancel");
    assertThat(result.code()).as("%s", result.err()).isZero();
    assertThat(result.out()).isEqualTo("Cancelled: " + JOB + "\n");
    assertThat(states).containsExactly("CANCELED");
  }

  @Test
  void cancel_noJobRuns_saysSo() throws Exception {
    states.add("CANCELED");
    Script.Result result = script().run("cancel");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("cluster.sh: no job runs\n");
  }

  @Test
  void status_absoluteClusterDirectory_isFound() throws Exception {
    states.add("RUNNING");
    Script.Result result = script().run("status");
    assertThat(result.code()).as("%s", result.err()).isZero();
    assertThat(result.out()).contains(JOB + ", RUNNING");
  }

  @Test
  void status_relativeClusterDirectory_isMeantFromWhereThePersonStands() throws Exception {
    states.add("RUNNING");
    Script.Result result = script().with("CLUSTER_DIR", "my cluster").from(directory).run("status");
    assertThat(result.code()).as("%s", result.err()).isZero();
  }

  @Test
  void stopDelete_directoryOfSomethingElse_isLeftAlone() throws Exception {
    Path other = Files.createDirectory(directory.resolve("pictures"));
    Files.writeString(other.resolve("holiday.jpg"), "");
    Script.Result result = script().with("CLUSTER_DIR", other).run("stop", "--delete");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("holds no cluster");
    assertThat(other.resolve("holiday.jpg")).exists();
  }

  @Test
  void stopDelete_cluster_isDeleted() throws Exception {
    assertThat(script().run("stop", "--delete").code()).isZero();
    assertThat(cluster).doesNotExist();
  }

  private Script script() throws IOException {
    Path java = directory.resolve("java/bin/java");
    if (!Files.exists(java)) {
      Files.createDirectories(java.getParent());
      Files.writeString(java, "#!/bin/sh\necho '  java.specification.version = 17'\n");
      Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return new Script("jobs/cluster.sh")
        .with("JAVA_HOME", directory.resolve("java"))
        .with("CLUSTER_DIR", cluster);
  }

  private String overview() {
    return "{\"jobs\":[{\"jid\":\"%s\",\"name\":\"afterimage\",\"start-time\":5,\"state\":\"%s\"}]}"
        .formatted(JOB, next());
  }

  /** The last state stays. */
  private synchronized String next() {
    return states.size() > 1 ? states.remove() : states.element();
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
