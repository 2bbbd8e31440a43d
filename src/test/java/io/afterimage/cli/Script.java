package io.afterimage.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A script of {@code jobs/}, run as a person runs it, on the classes of this build.
 *
 * <pre>{@code
 * Script.Result result = new Script("jobs/cluster.sh").with("CLUSTER_DIR", directory).run("status");
 * }</pre>
 */
final class Script {
  private static final long SECONDS = 60;
  private static final Path PROJECT = Path.of("").toAbsolutePath();

  private final Path script;
  private final Map<String, String> environment = new HashMap<>();
  private Path from = PROJECT;

  /** The exit code and the output of a script. */
  record Result(int code, String out, String err) {}

  /**
   * @param script from the project's directory
   */
  Script(String script) {
    this.script = PROJECT.resolve(script);
    environment.put(
        "AFTERIMAGE_CLASS_PATH",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  /** Sets a variable of the environment. */
  Script with(String name, Object value) {
    environment.put(name, value.toString());
    return this;
  }

  /** As if the person stood there. */
  Script from(Path directory) {
    from = directory;
    return this;
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("script", ".out");
    Path err = Files.createTempFile("script", ".err");
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(from.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("%s did not end within %d s".formatted(command, SECONDS));
      }
      return new Result(process.exitValue(), text(out), text(err));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String text(Path file) throws IOException {
    // Endless output is a failure, too, but need not fill memory.
    byte[] bytes;
    try (var stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(1 << 20);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
