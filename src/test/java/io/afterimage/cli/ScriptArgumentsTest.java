package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts reject unknown arguments with a message and do nothing else. */
class ScriptArgumentsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cluster.sh      |                                | Usage
          cluster.sh      | strat                          | there is no command strat
          cluster.sh      | start --cameras 10000          | --cameras must be a whole number from 0 to 9999, but is 10000
          cluster.sh      | start --cameras -1             | but is -1
          cluster.sh      | start --cameras                | but is missing
          cluster.sh      | start --cameras 9999999999999  | but is 9999999999999
          cluster.sh      | start --taskmanagers two       | --taskmanagers must be a whole number from 1 to 20, but is two
          cluster.sh      | start --taskmanagers 0         | but is 0
          cluster.sh      | start --fps fast               | --fps must be a number above 0 and at most 1000, but is fast
          cluster.sh      | start --fps 0.0                | but is 0.0
          cluster.sh      | start --fps 1001               | but is 1001
          cluster.sh      | start --fps                    | but is missing
          cluster.sh      | start --video                  | --video needs a value
          cluster.sh      | start --video --fps            | --video needs a value
          cluster.sh      | start --video none.mp4         | --video none.mp4: there is no such file
          cluster.sh      | start --video gate=none.mp4    | --video gate=none.mp4: there is no such file
          cluster.sh      | start now                      | was given now
          cluster.sh      | start -D                       | was given -D
          cluster.sh      | start -Dbatch.groups           | was given -Dbatch.groups
          cluster.sh      | submit --from                  | --from needs a value
          cluster.sh      | submit --form x                | was given --form
          cluster.sh      | submit x                       | was given x
          cluster.sh      | savepoint x                    | savepoint takes no argument, but was given x
          cluster.sh      | upgrade --now                  | was given --now
          cluster.sh      | cancel x                       | cancel takes no argument, but was given x
          cluster.sh      | status --verbose               | status takes no argument, but was given --verbose
          cluster.sh      | restart                        | restart needs a value
          cluster.sh      | restart flink                  | restart does not know flink
          cluster.sh      | restart taskmanager-0          | TaskManager's number must be a whole number from 1 to 20, but is 0
          cluster.sh      | restart taskmanager-x          | but is x
          cluster.sh      | restart kafka zookeeper        | but was given zookeeper
          cluster.sh      | stop --delte                   | stop takes --delete, but was given --delte
          cluster.sh      | stop --delete all              | but was given all
          benchmark.sh    | --rounds 0                     | --rounds must be a whole number from 1
          benchmark.sh    | --steps                        | but is missing
          benchmark.sh    | --normalization layer          | but is layer
          benchmark.sh    | --python /none                 | there is no program '/none'
          benchmark.sh    | fast                           | takes no argument fast
          check-image.sh  | x                              | takes no argument, but was given x
          check-monitoring.sh | localhost                  | takes no argument, but was given localhost
          check-monitoring.sh | http://localhost:1 x       | but was given x
          """)
  void wrongArgument_isNamedInOneLineBeforeAnythingIsBuiltOrStarted(
      String script, String arguments, String expected) throws Exception {
    Script.Result result = untouched("jobs/" + script).run(words(arguments));
    assertThat(result.code()).as("%s", result.err()).isEqualTo(2);
    assertThat(result.err()).contains(expected).doesNotContain("line ");
    assertThat(result.out()).isEmpty();
    if (arguments != null) {
      assertThat(result.err().lines()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("drills")
  void drill_withAnArgument_isRefused(String drill) throws Exception {
    Script.Result result = untouched(drill).run("--fast");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).contains("--fast");
  }

  @ParameterizedTest
  @MethodSource("scriptsWithTheirOwnHelp")
  void help_isShownAndNothingElseIsDone(String commandLine) throws Exception {
    List<String> words = new ArrayList<>(List.of(words(commandLine)));
    String script = words.remove(0);
    words.add("--help");
    Script.Result result = untouched(script).run(words.toArray(String[]::new));
    assertThat(result.code()).as("%s", result.err()).isZero();
    assertThat(result.out()).hasSizeGreaterThan(60);
    assertThat(result.err()).isEmpty();
  }

  /** A command line that the table of this class forgot would still be caught here. */
  @Test
  void everyScript_isInATable() throws IOException {
    List<String> scripts = scripts("jobs");
    assertThat(scripts)
        .containsExactlyInAnyOrder(
            "jobs/benchmark.sh",
            "jobs/check-image.sh",
            "jobs/check-monitoring.sh",
            "jobs/cluster.sh",
            "jobs/evaluate.sh",
            "jobs/gateway.sh",
            "jobs/local.sh",
            "jobs/model.sh",
            "jobs/page.sh",
            "jobs/search.sh");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          evaluate.sh | --parallel two         | two
          evaluate.sh | balanced-4             | belongs to no option
          evaluate.sh | --quick --out /dev/null/x   | --out /dev/null/x:
          local.sh    | --steps 1 --output /dev/null/x | --output /dev/null/x:
          search.sh   | --list --index /dev/null/x  | --index /dev/null/x:
          model.sh    | export x --format onnx --output /none/x.onnx | --output /none/x.onnx: there is no directory /none
          gateway.sh  | --simulate 1 --fps 0   | --fps 0
          gateway.sh  | --simulate 1 now       | belongs to no option
          local.sh    | --fps 1001             | --fps 1001
          local.sh    | --steps 1 video.mp4    | belongs to no option
          model.sh    | export x --format pdf  | pdf
          model.sh    | lst                    | lst
          page.sh     | --port many            | --port
          page.sh     | now                    | belongs to no option
          search.sh   | --count many --list    | many
          search.sh   | umbrella.jpg           | umbrella.jpg
          """)
  void javaCommand_withAWrongArgument_isRefused(String script, String arguments, String expected)
      throws Exception {
    Script.Result result = new Script("jobs/" + script).from(directory).run(words(arguments));
    assertThat(result.code()).as("%s", result.err()).isEqualTo(2);
    assertThat(result.err()).contains(expected).doesNotContain("Exception", "\tat ");
    assertThat(directory).isEmptyDirectory();
  }

  /**
   * Without Java and Maven: whoever needs them to find a wrong argument fails with another code.
   */
  private Script untouched(String script) throws IOException {
    Path tools = Files.createDirectory(directory.resolve("tools"));
    for (String tool : List.of("bash", "dirname", "basename", "sed", "awk", "cat", "locale")) {
      Path found =
          Stream.of(System.getenv("PATH").split(":"))
              .map(folder -> Path.of(folder, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(tools.resolve(tool), found);
    }
    return new Script(script)
        .with("PATH", tools)
        .with("JAVA_HOME", directory.resolve("none"))
        .with("CLUSTER_DIR", directory.resolve("cluster"));
  }

  static Stream<String> scriptsWithTheirOwnHelp() throws IOException {
    return Stream.concat(
        drills(),
        Stream.of(
            "jobs/benchmark.sh",
            "jobs/check-image.sh",
            "jobs/check-monitoring.sh",
            "jobs/cluster.sh",
            "jobs/cluster.sh start",
            "jobs/cluster.sh start --cameras 4",
            "jobs/cluster.sh submit",
            "jobs/cluster.sh savepoint",
            "jobs/cluster.sh upgrade",
            "jobs/cluster.sh cancel",
            "jobs/cluster.sh status",
            "jobs/cluster.sh restart",
            "jobs/cluster.sh stop"));
  }

  static Stream<String> drills() throws IOException {
    return scripts("jobs/drills").stream();
  }

  private static List<String> scripts(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.map(Path::toString).filter(name -> name.endsWith(".sh")).sorted().toList();
    }
  }

  private static String[] words(String arguments) {
    return arguments == null ? new String[0] : arguments.split(" ");
  }
}
