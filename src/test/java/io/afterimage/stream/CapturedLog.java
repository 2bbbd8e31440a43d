package io.afterimage.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Captures log messages at INFO and above while it is open, including those of Kafka's clients. */
final class CapturedLog extends AbstractAppender implements AutoCloseable {
  private static final List<String> LOGGERS = List.of("", "org.apache.kafka");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final List<Level> levels;

  CapturedLog() {
    super(
        "captured",
        null,
        PatternLayout.newBuilder().withPattern("%c %m%n%ex").build(),
        true,
        Property.EMPTY_ARRAY);
    start();
    levels =
        LOGGERS.stream()
            .map(name -> context.getConfiguration().getLoggerConfig(name))
            .map(
                logger -> {
                  Level before = logger.getLevel();
                  logger.setLevel(Level.INFO);
                  logger.addAppender(this, Level.INFO, null);
                  return before;
                })
            .toList();
    context.updateLoggers();
  }

  @Override
  public void append(LogEvent event) {
    lines.add(new String(getLayout().toByteArray(event), StandardCharsets.UTF_8));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    for (int i = 0; i < LOGGERS.size(); i++) {
      var logger = context.getConfiguration().getLoggerConfig(LOGGERS.get(i));
      logger.removeAppender(getName());
      logger.setLevel(levels.get(i));
    }
    context.updateLoggers();
    stop();
  }
}
