package io.afterimage.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPatternTest {
  @TempDir static Path directory;

  private static final String CAMERA = "gate\u001b]0;owned\u0007\r\nyard\u202etxt\u009b2J";

  @BeforeAll
  static void logElsewhere() {
    System.setProperty("log.file", directory.resolve("local.log").toString());
  }

  @AfterAll
  static void logHere() {
    System.clearProperty("log.file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"log4j2.properties", "log4j2-terminal.properties", "log4j2-local.properties"})
  void line_withACamerasControlCharacters_isOneLineWithout(String file) throws Exception {
    for (Appender appender : appenders(file)) {
      List<String> lines = write(appender, null).lines().toList();
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0)).contains("Camera gate?]0;owned?\\r\\nyard?txt?2J is away");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"log4j2.properties", "log4j2-terminal.properties", "log4j2-local.properties"})
  void stackTrace_withACamerasControlCharacters_isWrittenWithout(String file) throws Exception {
    for (Appender appender : appenders(file)) {
      String text = write(appender, new IOException("no frame of " + CAMERA));
      assertThat(text)
          .contains("java.io.IOException: no frame of gate?]0;owned?", "\tat io.afterimage")
          .doesNotContain("\u001b", "\u0007", "\u202e", "\u009b");
    }
  }

  @Test
  void warnings_ofABrokerThatIsAway_areFew() throws Exception {
    try (LoggerContext context = new LoggerContext("pattern")) {
      Filter filter =
          configuration(context, "log4j2.properties")
              .getLoggerConfig("org.apache.kafka.clients.NetworkClient")
              .getFilter();
      assertThat(filter).isNotNull();
      assertThat(IntStream.range(0, 100).filter(i -> passes(filter, Level.WARN)).count())
          .isEqualTo(1);
      assertThat(passes(filter, Level.ERROR)).isTrue();
    }
  }

  private static boolean passes(Filter filter, Level level) {
    return filter.filter(event(level, "Connection could not be established", null))
        != Filter.Result.DENY;
  }

  private static List<Appender> appenders(String file) throws Exception {
    try (LoggerContext context = new LoggerContext("pattern")) {
      List<Appender> appenders = List.copyOf(configuration(context, file).getAppenders().values());
      assertThat(appenders).isNotEmpty();
      return appenders;
    }
  }

  private static Configuration configuration(LoggerContext context, String file) throws Exception {
    URI location = LogPatternTest.class.getResource("/" + file).toURI();
    Configuration configuration =
        ConfigurationFactory.getInstance().getConfiguration(context, "pattern", location);
    configuration.initialize();
    return configuration;
  }

  private static String write(Appender appender, @Nullable Throwable thrown) {
    return new String(
        appender
            .getLayout()
            .toByteArray(event(Level.WARN, "Camera " + CAMERA + " is away", thrown)),
        StandardCharsets.UTF_8);
  }

  private static LogEvent event(Level level, String message, @Nullable Throwable thrown) {
    return Log4jLogEvent.newBuilder()
        .setLevel(level)
        .setLoggerName("io.afterimage.Test")
        .setMessage(new SimpleMessage(message))
        .setThrown(thrown)
        .build();
  }
}
