package io.afterimage.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraAddressTest {
  /** The URL as it is given, as FFmpeg opens it, as it is shown, and the id derived from it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      rtsp://10.0.0.7/1                       | rtsp://10.0.0.7/1                          | rtsp://10.0.0.7/1        | 10.0.0.7-1
      rtsp://me:pw@10.0.0.7:554/stream/1?x=1  | rtsp://me:pw@10.0.0.7:554/stream/1?x=1     | rtsp://10.0.0.7:554/stream/1 | 10.0.0.7-554-stream-1
      rtsp://admin:Sup3r@Secret@cam/1         | rtsp://admin:Sup3r%40Secret@cam/1          | rtsp://cam/1             | cam-1
      rtsp://admin:a@b@c@10.0.0.7/1           | rtsp://admin:a%40b%40c@10.0.0.7/1          | rtsp://10.0.0.7/1        | 10.0.0.7-1
      rtsp://ad@min:pw@cam/1                  | rtsp://ad%40min:pw@cam/1                   | rtsp://cam/1             | cam-1
      rtsp://admin:pa/ss@cam/1                | rtsp://admin:pa%2Fss@cam/1                 | rtsp://cam/1             | cam-1
      rtsp://admin:/pass@cam:8554/1           | rtsp://admin:%2Fpass@cam:8554/1            | rtsp://cam:8554/1        | cam-8554-1
      rtsp://ad/min:pw@10.0.0.7/1             | rtsp://ad%2Fmin:pw@10.0.0.7/1              | rtsp://10.0.0.7/1        | 10.0.0.7-1
      rtsp://ad/min:pw@cam/1                  | rtsp://ad/min:pw@cam/1                     | rtsp://(not shown)       | camera
      rtsp://admin:1/2@10.0.0.7/1             | rtsp://admin:1%2F2@10.0.0.7/1              | rtsp://10.0.0.7/1        | 10.0.0.7-1
      rtsp://admin:1/2@cam/1                  | rtsp://admin:1/2@cam/1                     | rtsp://(not shown)       | camera
      rtsp://admin:p@ss/word@10.0.0.7/1       | rtsp://admin:p%40ss%2Fword@10.0.0.7/1      | rtsp://10.0.0.7/1        | 10.0.0.7-1
      rtsp://admin:p@ss/word@cam/1            | rtsp://admin:p@ss/word@cam/1               | rtsp://(not shown)       | camera
      rtsp://me:pw@cam/a@2x                   | rtsp://me:pw@cam/a@2x                      | rtsp://(not shown)       | camera
      rtsp://me:pw@10.0.0.7/a/b@2x            | rtsp://me:pw@10.0.0.7/a/b@2x               | rtsp://10.0.0.7/a/...    | 10.0.0.7-a
      rtsp://admin:pa?ss@cam/1                | rtsp://admin:pa%3Fss@cam/1                 | rtsp://cam/1             | cam-1
      rtsp://admin:12?34@cam/1                | rtsp://admin:12?34@cam/1                   | rtsp://(not shown)       | camera
      rtsp://admin:12?34@cam.lan/1            | rtsp://admin:12%3F34@cam.lan/1             | rtsp://(not shown)       | camera
      rtsp://admin:pa#ss@cam/1                | rtsp://admin:pa%23ss@cam/1                 | rtsp://cam/1             | cam-1
      rtsp://admin:p/a?s#s@cam/1              | rtsp://admin:p%2Fa%3Fs%23s@cam/1           | rtsp://cam/1             | cam-1
      rtsp://admin:a:b:c@cam/1                | rtsp://admin:a%3Ab%3Ac@cam/1               | rtsp://cam/1             | cam-1
      rtsp://admin:a b@cam/1                  | rtsp://admin:a%20b@cam/1                   | rtsp://cam/1             | cam-1
      rtsp://jürgen:grün@cam/1                | rtsp://j%C3%BCrgen:gr%C3%BCn@cam/1         | rtsp://cam/1             | cam-1
      rtsp://admin:100%@cam/1                 | rtsp://admin:100%25@cam/1                  | rtsp://cam/1             | cam-1
      rtsp://admin:100%zz@cam/1               | rtsp://admin:100%25zz@cam/1                | rtsp://cam/1             | cam-1
      rtsp://admin:a%40b@cam/1                | rtsp://admin:a%40b@cam/1                   | rtsp://cam/1             | cam-1
      rtsp://admin:a%40b@c@cam/1              | rtsp://admin:a%40b%40c@cam/1               | rtsp://cam/1             | cam-1
      rtsp://admin:p@dog@cam/1                | rtsp://admin:p%40%64og@cam/1               | rtsp://cam/1             | cam-1
      rtsp://admin:[{x}]"\\^`<>@cam/1         | rtsp://admin:%5B%7Bx%7D%5D%22%5C%5E%60%3C%3E@cam/1 | rtsp://cam/1  | cam-1
      rtsp://admin:!$&'()*+,;=@cam/1          | rtsp://admin:!$&'()*+,;=@cam/1             | rtsp://cam/1             | cam-1
      rtsp://admin@cam/1                      | rtsp://admin@cam/1                         | rtsp://cam/1             | cam-1
      rtsp://admin:@cam/1                     | rtsp://admin:@cam/1                        | rtsp://cam/1             | cam-1
      rtsp://:pw@cam/1                        | rtsp://:pw@cam/1                           | rtsp://cam/1             | cam-1
      rtsp://@cam/1                           | rtsp://@cam/1                              | rtsp://cam/1             | cam-1
      rtsp://me:pw@[fe80::1]:554/1            | rtsp://me:pw@[fe80::1]:554/1               | rtsp://[fe80::1]:554/1   | fe80-1-554-1
      rtsp://me:p@w@[2001:db8::7]/1           | rtsp://me:p%40w@[2001:db8::7]/1            | rtsp://[2001:db8::7]/1   | 2001-db8-7-1
      RTSP://me:p@w@cam/1                     | RTSP://me:p%40w@cam/1                      | rtsp://cam/1             | cam-1
      rtsp:me:pw@cam/1                        | rtsp:me:pw@cam/1                           | rtsp:cam/1               | cam-1
      rtsp:/me:p@w@cam/1                      | rtsp:/me:p%40w@cam/1                       | rtsp:/cam/1              | cam-1
      rtsp://cam:554/user=admin&password=pw&channel=1.sdp | rtsp://cam:554/user=admin&password=pw&channel=1.sdp | rtsp://cam:554/... | cam-554
      rtsp://cam/live/admin:pw/1              | rtsp://cam/live/admin:pw/1                 | rtsp://cam/live/...      | cam-live
      rtsp://cam/live/admin%3Apw/1            | rtsp://cam/live/admin%3Apw/1               | rtsp://cam/live/...      | cam-live
      http://cam/snap.cgi?user=admin&pwd=pw   | http://cam/snap.cgi?user=admin&pwd=pw      | http://cam/snap.cgi      | cam-snap.cgi
      http://cam?user=admin&pwd=pw            | http://cam?user=admin&pwd=pw               | http://cam               | cam
      http://cam/x#user=admin                 | http://cam/x#user=admin                    | http://cam/x             | cam-x
      http://cam/x;sid=7/y                    | http://cam/x;sid=7/y                       | http://cam/...           | cam
      http://cam/x?pwd=a@b                    | http://cam/x?pwd=a@b                       | http://(not shown)       | camera
      http://cam?pwd=a@10.0.0.9               | http://cam?pwd=a@10.0.0.9                  | http://(not shown)       | camera
      http://10.0.0.7/x?pwd=a@b               | http://10.0.0.7/x?pwd=a@b                  | http://10.0.0.7/x        | 10.0.0.7-x
      http://proxy/f.jpg?src=rtsp://u:p@10.0.0.9/1 | http://proxy/f.jpg?src=rtsp://u:p@10.0.0.9/1 | http://(not shown)  | camera
      http://me:pw@cam/my door.jpg            | http://me:pw@cam/my%20%64oor.jpg           | http://cam/my door.jpg   | cam-my-door.jpg
      cache:http://me:p@w@cam/x               | cache:http://me:p%40w@cam/x                | http://cam/x             | cam-x
      hls+https://me:p@w@cam/x.m3u8           | hls+https://me:p%40w@cam/x.m3u8            | https://cam/x.m3u8       | cam-x.m3u8
      udp://@239.0.0.1:1234                   | udp://@239.0.0.1:1234                      | udp://239.0.0.1:1234     | 239.0.0.1-1234
      udp://:5000                             | udp://:5000                                | udp://:5000              | 5000
      srt://cam:9000?passphrase=secret        | srt://cam:9000?passphrase=secret           | srt://cam:9000           | cam-9000
      admin:pw@10.0.0.7/1                     | admin:pw@10.0.0.7/1                        | 10.0.0.7/1               | 10.0.0.7-1
      admin:10.0.0.7/1                        | admin:10.0.0.7/1                           | 10.0.0.7/1               | 10.0.0.7-1
      rtsp://admin:pw                         | rtsp://admin:pw                            | rtsp://(not shown)       | camera
      rtsp://                                 | rtsp://                                    | rtsp://(not shown)       | camera
      rtsp//admin:pw@cam/1                    | rtsp//admin:pw@cam/1                       | (not shown)              | camera
      ad_min:pw@cam/1                         | ad_min:pw@cam/1                            | (not shown)              | camera
      cam/snap.cgi?user=admin                 | cam/snap.cgi?user=admin                    | (not shown)              | camera
      none.avi                                | none.avi                                   | none.avi                 | none
      /dev/video0                             | /dev/video0                                | /dev/video0              | video0
      file:/videos/a@b.avi                    | file:/videos/a@b.avi                       | file:/videos/a@b.avi     | file-videos-a-b.avi
      """)
  void of_url_isEncodedAndShownWithoutItsLogin(
      String given, String ffmpegs, String shown, String name) {
    CameraAddress address = CameraAddress.of(given);
    assertThat(address.forFfmpeg()).isEqualTo(ffmpegs);
    assertThat(address).hasToString(shown);
    assertThat(address.derivedName()).isEqualTo(name);
  }

  /** Logins of every kind of character, where the host is plain to see. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Xyx@Zwz",
        "Xyx/Zwz",
        "Xyx:Zwz",
        "Xyx#Zwz",
        "Xyx?Zwz",
        "Xyx&Zwz",
        "Xyx=Zwz",
        "Xyx%Zwz",
        "Xyx Zwz",
        "Xyx\\Zwz",
        "Xyx[Zwz",
        "Xyx]Zwz",
        "Xyx\nZwz",
        "Xyx\u00e4Zwz",
        "Xyx\ud83d\udca5Zwz",
        "Xyx@/:#?Zwz",
        "Xyx://Zwz",
        "//Xyx@Zwz//",
        "1234/Xyx@Zwz",
        "Xyx@10.0.0.9@Zwz",
        "Xyx|Zwz",
        "${Xyx}Zwz"
      })
  void of_password_showsNowhere(String password) {
    for (String scheme : List.of("rtsp", "rtsps", "http", "https", "rtmp", "srt", "unknown")) {
      for (String host : List.of("10.0.0.7", "10.0.0.7:554", "cam.example.org", "cam", "[::1]")) {
        for (String user : List.of("Uuu", "U@uu", "Uu/u", "")) {
          String login = user + ':' + password;
          CameraAddress address =
              CameraAddress.of("%s://%s@%s/live?pwd=Xyx".formatted(scheme, login, host));
          VideoSource source =
              new VideoSource(
                  address.derivedName(),
                  address,
                  new VideoSettings(
                      5,
                      96,
                      false,
                      Instant.EPOCH,
                      Duration.ofSeconds(1),
                      Map.of("headers", "Xyx")));
          CameraArgument argument = new CameraArgument("--camera", null, address);
          String everything =
              String.join(
                  "\n",
                  address.toString(),
                  address.derivedName(),
                  argument.toString(),
                  argument.wrong("rule").getMessage(),
                  source.camera());
          assertThat(everything).doesNotContainIgnoringCase("xyx", "zwz", "uuu", "u@uu", "uu/u");
        }
      }
    }
  }

  @Test
  void of_passwordAndAddressOfDigits_reachesTheHost() {
    for (String password :
        List.of("a@b", "a/b", "1/2", "a?b", "a#b", "a:b", "a b", "\u00e4", "%")) {
      String url = CameraAddress.of("rtsp://me:" + password + "@10.0.0.7/1").forFfmpeg();
      assertThat(url).matches("rtsp://me:[A-Za-z0-9%]+@10\\.0\\.0\\.7/1");
    }
  }

  @Test
  void of_encodedOnce_staysAsItIs() {
    String once = CameraAddress.of("rtsp://me:a@b/c d%@10.0.0.7/1").forFfmpeg();
    assertThat(CameraAddress.of(once).forFfmpeg()).isEqualTo(once);
  }

  @Test
  void readableFile_withAnAtSign_isShown(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("me@home?.avi"));
    CameraAddress address = CameraAddress.of(file.toString());
    assertThat(address).hasToString(file.toString());
    assertThat(address.derivedName()).isEqualTo("me-home");
  }

  @Test
  void settings_shown_leaveOutTheOptionsValues() {
    assertThat(
            new VideoSettings(
                5, 96, false, Instant.EPOCH, Duration.ofSeconds(1), Map.of("headers", "secret")))
        .hasToString(
            "VideoSettings[fps=5.0, width=96, loop=false, startTime=1970-01-01T00:00:00Z, "
                + "timeout=PT1S, options=[headers]]");
  }
}
