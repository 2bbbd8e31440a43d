package io.afterimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions that stand in more than one place are the same everywhere. */
class ShippedVersionsTest {
  private static final Path LIBRARIES = Path.of("src/docs/native-libraries.md");

  @ParameterizedTest
  @CsvSource({
    "kafka.version, docker-compose.yml, apache/kafka:([^\\s]+)",
    "flink.version, src/main/docker/Dockerfile, flink:([^\\s-]+)-java17"
  })
  void image_ofAService_isOfTheReleaseThatIsTested(String property, Path file, String image)
      throws IOException {
    assertThat(all(image, Files.readString(file)))
        .isNotEmpty()
        .containsOnly(first("<" + property + ">(.*)</", Files.readString(Path.of("pom.xml"))));
  }

  @Test
  void nativeLibraries_loaded_areThoseOfThePage() throws IOException {
    String page = Files.readString(LIBRARIES);
    String opencv;
    try (BytePointer text = opencv_core.getBuildInformation()) {
      opencv = text.getString();
    }
    assertThat(version("OpenCV", page)).isEqualTo(opencv_core.CV_VERSION);
    assertThat(version("libjpeg-turbo, in OpenCV", page))
        .isEqualTo(first("JPEG: .*libjpeg-turbo \\(ver ([0-9.]+)", opencv));
    assertThat(version("libpng, in OpenCV", page)).isEqualTo(first("PNG: .*ver ([0-9.]+)", opencv));
    assertThat(version("zlib, in OpenCV", page)).isEqualTo(first("ZLib: .*ver ([0-9.]+)", opencv));
    assertThat(version("libwebp, in OpenCV", page))
        .isEqualTo(first("WEBP: .*ver (decoder: \\w+)", opencv).replace(":", ""));
    try (BytePointer text = avutil.av_version_info()) {
      assertThat(version("FFmpeg", page)).isEqualTo(text.getString());
    }
  }

  @Test
  void nativeLibraries_onTheClassPath_areOnThePage() throws IOException {
    String page = Files.readString(LIBRARIES);
    List<String> missing = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Matcher jar = Pattern.compile("(.+?)-(\\d.*)\\.jar").matcher(new File(entry).getName());
      if (jar.matches() && hasNativeCode(entry)) {
        String version = jar.group(2).replaceFirst("-(linux|mac|win).*", "");
        String named = "| " + jar.group(1) + " " + version + " |";
        if (!page.contains(named)) {
          missing.add(named);
        }
      }
    }
    assertThat(missing).as("jars with native code that %s does not name", LIBRARIES).isEmpty();
  }

  private static boolean hasNativeCode(String jar) throws IOException {
    try (JarFile file = new JarFile(jar)) {
      return file.stream().anyMatch(entry -> entry.getName().matches(".*\\.so(\\.\\d+)*"));
    }
  }

  /** The version that the page's table gives a library. */
  private static String version(String library, String page) {
    return first("(?m)^\\| " + Pattern.quote(library) + " \\| ([^|]*) \\|", page);
  }

  private static String first(String pattern, String text) {
    List<String> found = all(pattern, text);
    assertThat(found).as("matches of %s", pattern).isNotEmpty();
    return found.get(0);
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
