package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AfterimageJobTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      AfterimageJob.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @Test
  void help_listsEveryOption() {
    assertThat(command.execute("--help")).isZero();

    assertThat(out.toString())
        .contains("--config=FILE", "pairing.max-gap (duration", "kafka.property.NAME");
  }

  @Test
  void run_withWrongOptions_namesThemAllAndStartsNothing(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("job.yaml"), "frame:\n  siz: 3\n");

    int status =
        command.execute(
            "--config",
            file.toString(),
            "-Dbatch.groups=many",
            "-Dprior.max=2",
            "-Dkafka.topic.frames=");

    assertThat(status).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("4 problems with the options:")
        .contains(
            "unknown option frame.siz",
            "batch.groups must be an integer, but was 'many'",
            "prior.max",
            "kafka.topic.frames must be not empty")
        .doesNotContain("\tat ");
  }

  @Test
  void run_withoutAPlaceForCheckpoints_saysSo() {
    assertThat(command.execute("-Dcheckpoint.interval=1 s")).isEqualTo(2);

    assertThat(err.toString())
        .contains("checkpoint.directory must be set, since checkpoint.interval is 1 s");
  }

  @Test
  void run_whereNoBrokerAnswers_saysSoInOneLine() {
    int status =
        command.execute(
            "-Dcheckpoint.interval=0 s",
            "-Dkafka.bootstrap-servers=127.0.0.1:1",
            "-Dkafka.property.request.timeout.ms=200",
            "-Dkafka.property.default.api.timeout.ms=300");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString().strip())
        .startsWith("no broker answers at 127.0.0.1:1 (kafka.bootstrap-servers)")
        .hasLineCount(1);
  }

  @Test
  void run_withAnUnknownArgument_showsTheUsage() {
    assertThat(command.execute("--confg", "x")).isEqualTo(2);

    assertThat(err.toString()).contains("--confg");
  }
}
