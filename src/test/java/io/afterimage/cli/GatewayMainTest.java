package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayMainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--camera a=rtsp://me:S3cret@cam/ --camera a=rtsp://me:S3cret@Secret@cam/",
        "--camera rtsp//me:S3cret@cam/",
        "--camera rtsp://me:S3cret@cam/ --fps 0",
        "--camera rtsp://me:S3cret@cam/ --fps rtsp://me:S3cret@cam/",
        "--camera rtsp://me:my S3cret@cam/",
        "--camera rtsp://me:my@S3cret",
        "--camera http://cam/snap.jpg?pwd=S3cret --seed x",
        "--camera http://cam/x --input-option S3cret",
        "--camera http://cam/x --kafka-property S3cret",
        "--camera m_e:S3cret@cam/x",
        "rtsp://me:S3cret@cam/",
        "--cameras=rtsp://me:S3cret@cam/",
        "--cameras-file rtsp://me:S3cret@cam/",
        "--simulate rtsp://me:S3cret@cam/"
      })
  void wrongCommandLine_saysSoWithoutTheLogin(String arguments) {
    StringWriter err = new StringWriter();
    int exitCode =
        GatewayMain.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute(
                (arguments + " --metrics-port 0 --bootstrap-servers 127.0.0.1:bad").split(" "));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString()).endsWith("gateway.sh --help lists the options\n");
    assertThat(err.toString()).doesNotContainIgnoringCase("s3cret", "secret", "me:", "me@");
  }
}
