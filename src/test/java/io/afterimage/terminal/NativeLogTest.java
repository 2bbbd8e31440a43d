package io.afterimage.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.tools.Logger;
import org.bytedeco.javacpp.tools.Slf4jLogger;
import org.junit.jupiter.api.Test;

/** Every process that trains runs with the JVM flags of pom.xml, and so do the tests. */
class NativeLogTest {
  @Test
  void javaCpp_logsLikeTheRest() {
    assertThat(Logger.create(Loader.class)).isInstanceOf(Slf4jLogger.class);
  }
}
