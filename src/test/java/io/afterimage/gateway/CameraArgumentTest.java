package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraArgumentTest {
  @TempDir private Path directory;

  @Test
  void parse_named_keepsTheName() {
    CameraArgument camera = parse("door=rtsp://10.0.0.7/a?x=1").get(0);
    assertThat(camera.name()).isEqualTo("door");
    assertThat(camera.url().location()).isEqualTo("rtsp://10.0.0.7/a?x=1");
  }

  @Test
  void parse_unnamed_derivesTheName() throws Exception {
    Path file = Files.createFile(directory.resolve("main street.avi"));
    assertThat(parse("rtsp://me:secret@10.0.0.7:554/stream/1?x=1", file.toString()))
        .extracting(CameraArgument::name)
        .containsExactly("10.0.0.7-554-stream-1", "main-street");
  }

  @Test
  void parse_sameDerivedNames_areNumbered() {
    assertThat(parse("http://a/", "a-2=http://b/", "http://a/"))
        .extracting(CameraArgument::name)
        .containsExactly("a", "a-2", "a-3");
  }

  @Test
  void parse_nameGivenTwice_throws() {
    assertThatThrownBy(() -> parse("a=http://a/", "a=http://b/"))
        .hasMessage("a=http://b/: the name a is given twice");
  }

  @Test
  void parse_missingFile_throws() {
    assertThatThrownBy(() -> parse("door=none.avi"))
        .hasMessage("door=none.avi: there is no readable file none.avi");
  }

  @Test
  void url_withLogin_isShownWithout() {
    assertThat(new CameraUrl("rtsp://me:secret@10.0.0.7/1")).hasToString("rtsp://10.0.0.7/1");
  }

  private static List<CameraArgument> parse(String... arguments) {
    return CameraArgument.parse(List.of(arguments));
  }
}
