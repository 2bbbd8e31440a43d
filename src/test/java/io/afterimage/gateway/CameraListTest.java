package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraListTest {
  private static final VideoSettings SETTINGS =
      new VideoSettings(5, 96, false, Instant.EPOCH, Duration.ofSeconds(1), Map.of());

  @TempDir private Path directory;

  @Test
  void add_named_keepsTheName() {
    assertThat(names("door=rtsp://10.0.0.7/a?x=1", "rtsp://me:x=y@10.0.0.7/b"))
        .containsExactly("door", "10.0.0.7-b");
  }

  @Test
  void add_nameOfAnyScript_isKept() {
    assertThat(names("Hof T\u00fcr=rtsp://me:x=y@cam/1", "\u6b63\u9580 2=http://cam/?a=b"))
        .containsExactly("Hof T\u00fcr", "\u6b63\u9580 2");
  }

  @Test
  void addFile_nameOfAnyScript_leavesVariablesAsTheyAre() throws Exception {
    Path file = write("Hof T\u00fcr=${WHOLE}", "Hof 2=rtsp://me:${PASSWORD}@cam/");
    assertThat(read(file, Map.of("WHOLE", "http://me:p@w@cam/x", "PASSWORD", "a/b")))
        .extracting(CameraArgument::name, camera -> camera.address().forFfmpeg())
        .containsExactly(
            tuple("Hof T\u00fcr", "http://me:p%40w@cam/x"), tuple("Hof 2", "rtsp://me:a%2Fb@cam/"));
  }

  @Test
  void add_sameDerivedNames_areNumbered() {
    assertThat(names("http://a/", "a-2=http://b/", "http://a/")).containsExactly("a", "a-2", "a-3");
  }

  @Test
  void sources_nameGivenTwice_throwsWithoutTheLogin() {
    assertThatThrownBy(() -> names("a=http://a/", "a=http://me:secret@b/?pwd=secret"))
        .hasMessage("--camera a=http://b/: the name a is given twice");
  }

  @Test
  void add_missingFile_throws() {
    assertThatThrownBy(() -> names("door=none.avi"))
        .hasMessage("--camera door=none.avi: there is no readable file none.avi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp//me:secret@cam/1",
        "rtsp;//me:secret@cam/1",
        "m_e:secret@cam/1",
        "cam/snap.jpg?pwd=secret",
        "main/door=rtsp://me:secret@cam/1",
        "me@secret"
      })
  void add_noUrlAndNoFile_throwsWithoutShowingIt(String argument) {
    assertThatThrownBy(() -> names(argument))
        .hasMessage(
            "--camera (not shown): it is neither a readable file nor a URL with a scheme such as "
                + "rtsp://, and not shown because it may hold a login");
  }

  @Test
  void addFile_commentsAndBlankLines_sayNothing() throws Exception {
    Path file =
        write(
            "\ufeff# the yard",
            "",
            "  gate=rtsp://10.0.0.7/1  ",
            "\t",
            "# old=rtsp://10.0.0.8/1",
            "rtsp://me:a#b@10.0.0.9/1#c");
    assertThat(read(file, Map.of()))
        .extracting(CameraArgument::name, camera -> camera.address().forFfmpeg())
        .containsExactly(
            tuple("gate", "rtsp://10.0.0.7/1"), tuple(null, "rtsp://me:a%23b@10.0.0.9/1#c"));
  }

  @Test
  void addFile_variables_areEncodedAndHidden() throws Exception {
    Path file =
        write(
            "a=rtsp://${USER_1}:${PASSWORD}@cam/${TOKEN}/1",
            "b=${WHOLE}",
            "${DIRECTORY}/video.avi",
            "c=http://cam/%24{x}");
    Files.createFile(directory.resolve("video.avi"));
    List<CameraArgument> cameras =
        read(
            file,
            Map.of(
                "USER_1",
                "me@home",
                "PASSWORD",
                "a:/@#?%41 \u00e4$1",
                "TOKEN",
                "T0ken",
                "WHOLE",
                "http://me:p@w@cam/x?y=z",
                "DIRECTORY",
                directory.toString()));
    assertThat(cameras)
        .extracting(camera -> camera.address().forFfmpeg())
        .containsExactly(
            "rtsp://me%40home:a%3A%2F%40%23%3F%2541%20%C3%A4%241@cam/T0ken/1",
            "http://me:p%40w@cam/x?y=z",
            directory.resolve("video.avi").toString(),
            "http://cam/%24{x}");
    assertThat(cameras.get(0).address()).hasToString("rtsp://cam/...");
    assertThat(cameras.get(1).address()).hasToString("http://cam/x");
  }

  @Test
  void addFile_wrongLine_namesFileAndLine() throws Exception {
    assertThatThrownBy(() -> read(write("a=rtsp://10.0.0.7/", "b=none.avi"), Map.of()))
        .hasMessage(
            "--cameras-file %s, line 2: b=none.avi: there is no readable file none.avi",
            directory.resolve("cameras.txt"));
    assertThatThrownBy(() -> read(write("# x", "rtsp://me:${NOT_SET}@cam/secret"), Map.of()))
        .hasMessage(
            "--cameras-file %s, line 2: the environment variable NOT_SET is not set",
            directory.resolve("cameras.txt"));
    assertThatThrownBy(() -> read(write("rtsp://me:${a-b}@cam/secret"), Map.of("a", "x")))
        .hasMessageStartingWith(
            "--cameras-file %s, line 1: a variable of the environment is written ${NAME}",
            directory.resolve("cameras.txt"))
        .hasMessageNotContaining("secret");
  }

  @Test
  void addFile_unusableFile_saysWhy() throws Exception {
    assertThatThrownBy(() -> read(directory.resolve("none.txt"), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("--cameras-file %s: there is no such file", directory.resolve("none.txt"));
    assertThatThrownBy(() -> read(write("# nothing"), Map.of()))
        .hasMessage(
            "--cameras-file %s: there is no camera in it", directory.resolve("cameras.txt"));
    Path latin =
        Files.write(
            directory.resolve("latin.txt"),
            "rtsp://me:\u00e4@cam/".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read(latin, Map.of()))
        .hasMessage("--cameras-file %s: it is not UTF-8", latin);
  }

  @Test
  void warning_loginThatOthersCanRead_isGiven() throws Exception {
    Path file = write("a=rtsp://me:${PASSWORD}@cam/", "b=rtsp://cam/1");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    CamerasFile cameras = new CamerasFile("--cameras-file", file);
    assertThat(cameras.warning()).as("the login is not in the file").isEmpty();

    write("a=rtsp://me:secret@cam/");
    assertThat(cameras.warning())
        .contains(
            "%s holds logins and can be read by other users: chmod 600 %s".formatted(file, file));
    write("a=http://cam/snap.jpg?user=me&pwd=secret");
    assertThat(cameras.warning()).isPresent();

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(cameras.warning()).isEmpty();
  }

  @Test
  void sources_fortyOfAFileAndOneBeside_haveTheirIds() throws Exception {
    Path file =
        write(
            IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "cam-%d=rtsp://me:p%d@10.0.0.%d/1".formatted(i, i, i))
                .toArray(String[]::new));
    List<VideoSource> sources =
        new CameraList()
            .add("--camera", List.of("extra=rtsp://10.0.1.1/"))
            .addFile("--cameras-file", file, Map.of())
            .sources(SETTINGS);
    assertThat(sources)
        .extracting(VideoSource::camera)
        .hasSize(41)
        .startsWith("extra", "cam-1", "cam-2")
        .endsWith("cam-40");
  }

  private Path write(String... lines) throws IOException {
    return Files.write(directory.resolve("cameras.txt"), List.of(lines));
  }

  private static List<CameraArgument> read(Path file, Map<String, String> environment)
      throws IOException {
    return new CamerasFile("--cameras-file", file).read(environment);
  }

  private static List<String> names(String... arguments) {
    return new CameraList()
        .add("--camera", List.of(arguments)).sources(SETTINGS).stream()
            .map(VideoSource::camera)
            .toList();
  }
}
