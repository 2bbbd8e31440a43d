package io.afterimage.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.afterimage.model.LocalFiles;
import io.afterimage.model.SnapshotRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers of the search to wrong command lines, without a broker. */
class SearchMainTest {
  @TempDir Path directory;
  private SearchCommand command;

  @BeforeEach
  void createCommand() {
    command = new SearchCommand("127.0.0.1:1", directory);
  }

  @Test
  void wrongOptions_areNamedBeforeAnythingBegins() {
    assertThat(command.search()).isEqualTo(2);
    assertThat(command.err().toString()).contains("--like IMAGE");
    assertThat(command.search("--like", "x.jpg")).isEqualTo(2);
    assertThat(command.err().toString()).contains("--snapshots");
    assertThat(command.search("--camera", "gate")).isEqualTo(2);
    assertThat(command.err().toString()).contains("--at");
    assertThat(command.search("--camera", "gate", "--at", "yesterday")).isEqualTo(2);
    assertThat(command.err().toString()).contains("--at", "yesterday");
    assertThat(command.search("--list", "--keep-encoders", "0")).isEqualTo(2);
    assertThat(command.err().toString()).contains("--keep-encoders must be >= 1, but was 0");
    assertThat(command.search("--camera", "gate", "--at", "2026-01-31", "--encoder", "12"))
        .isEqualTo(2);
    assertThat(command.err().toString()).contains("--encoder", "12");
    assertThat(command.search("--list", "--update")).isEqualTo(2);
    assertThat(command.search("--no-update", "--follow")).isEqualTo(2);
  }

  @Test
  void whatIsOnThisMachine_isCheckedBeforeABrokerIsWaitedFor() throws Exception {
    Path image = directory.resolve("wanted.jpg");
    Files.write(image, new byte[] {1});
    Path registry = directory.resolve("registry");
    new SnapshotRegistry(new LocalFiles(), registry.toString())
        .publish(SearchTopics.FIRST, Map.of());
    Path file = Files.createFile(directory.resolve("file"));
    Map.of(
            "--like missing.jpg: there is no readable file",
            List.of("--like", "missing.jpg", "--snapshots", registry.toString()),
            "--snapshots missing: there is no snapshot",
            List.of("--like", image.toString(), "--snapshots", "missing"),
            "--index %s must be a directory, but is a file".formatted(file),
            List.of("--list", "--index", file.toString()),
            "--kafka-config missing.properties: cannot be read: java.nio.file.NoSuchFileException: missing.properties",
            List.of("--list", "--kafka-config", "missing.properties"))
        .forEach(
            (line, wrong) -> {
              List<String> arguments =
                  new ArrayList<>(List.of("--bootstrap-servers", "127.0.0.1:1"));
              arguments.addAll(wrong);
              assertThat(command.run(arguments.toArray(String[]::new))).isEqualTo(2);
              assertThat(command.err().toString().lines())
                  .containsExactly(line, "search.sh --help lists the options");
            });
  }

  @Test
  void brokerThatIsNotThere_isNamed() {
    assertThat(
            command.run(
                "--list",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--kafka-property",
                "default.api.timeout.ms=600",
                "--kafka-property",
                "request.timeout.ms=500"))
        .isEqualTo(1);
    assertThat(command.err().toString().lines())
        .containsExactly("search.sh: no broker answers at 127.0.0.1:1");
  }
}
