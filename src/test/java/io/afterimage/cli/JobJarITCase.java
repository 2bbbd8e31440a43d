package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The jar that a cluster gets: the job, whole, and nothing else. */
class JobJarITCase {
  private static final Path JAR = Path.of("target/usrlib/afterimage-job.jar");

  /** The libraries of the build without the project's own classes, as Flink's lib. */
  private static final String LIBRARIES =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(entry -> entry.endsWith(".jar"))
          .collect(Collectors.joining(File.pathSeparator));

  @Test
  void jar_holdsNothingThatTheJobDoesNotUse() throws IOException {
    List<String> classes;
    try (JarFile jar = new JarFile(JAR.toFile())) {
      classes =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.matches(".*\\.(class|so|js|properties)"))
              .toList();
    }
    assertThat(classes)
        .contains("io/afterimage/cli/AfterimageJob.class")
        .noneMatch(name -> name.endsWith(".so"))
        .noneMatch(
            name ->
                name.matches(
                    "(org/(nd4j|bytedeco|tribuo|slf4j|apache/commons)|ai/onnx|com/google)/.*"))
        .noneMatch(name -> name.startsWith("log4j2"))
        .noneMatch(
            name ->
                name.matches(
                    "io/afterimage/(gateway|lab|local|page|search|terminal|model/onnx)/.*"))
        .noneMatch(name -> name.matches("io/afterimage/cli/(?!AfterimageJob).*"));
  }

  @Test
  void jar_holdsEveryClassOfOursThatItReaches() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(print, print, "--multi-release", "17", "--missing-deps", "-cp", LIBRARIES, "" + JAR);

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .noneMatch(line -> line.matches(" *io\\.afterimage\\..*"));
  }

  @Test
  void job_fromTheJar_helps() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                JAR + File.pathSeparator + LIBRARIES,
                AfterimageJob.class.getName(),
                "--help")
            .redirectErrorStream(true)
            .start();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      assertThat(text).contains("Usage:");
    }
  }
}
