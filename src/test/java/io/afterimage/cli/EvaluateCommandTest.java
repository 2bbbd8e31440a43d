package io.afterimage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
  @TempDir Path directory;

  @Test
  void run_quickOnOneSeed_learnsAndPasses() throws IOException {
    assertThat(run("--quick", "--seeds", "1")).isZero();
    Map<String, Double> linear = linear();
    assertThat(linear).containsOnlyKeys("untrained", "biased", "camera", "oracle");
    assertThat(linear.get("camera")).isGreaterThan(linear.get("untrained"));
    assertThat(Files.readString(directory.resolve("report.md")))
        .contains("Linear probe over 1 runs");
    assertThat(directory.resolve("balanced-4.svg")).isNotEmptyFile();
  }

  @Test
  void run_defaultBelowBiased_failsByItsExitCode() throws IOException {
    String[] again = {
      "--quick", "--seeds", "1", "--steps", "2", "--methods", "biased,camera,oracle"
    };
    run(again);
    set("camera", 0.9, "biased", 0.8);
    assertThat(run(again)).isZero();
    set("camera", 0.7, "biased", 0.8);
    assertThat(run(again)).isEqualTo(1);
  }

  @Test
  void run_whatCannotBeDone_isTwo() {
    assertThat(run("--quick", "--methods", "best")).isEqualTo(2);
    assertThat(run("--quick", "--idx", directory.resolve("missing").toString())).isEqualTo(2);
    assertThat(run("--no-such-option")).isEqualTo(2);
  }

  @Test
  void run_reportsDirectoryIsAFile_isTwoAndNamesTheOption() throws Exception {
    Path file = Files.writeString(directory.resolve("report"), "");
    Script.Result result = new Script("jobs/evaluate.sh").run("--quick", "--out", file.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).contains("--out " + file, "is a file");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--parallel", "1", "--out", directory.toString()));
    return new CommandLine(new EvaluateCommand()).execute(all.toArray(String[]::new));
  }

  /** The linear probe's accuracy at the end by method. */
  private Map<String, Double> linear() throws IOException {
    return rows().stream()
        .collect(
            Collectors.toMap(
                cells -> cells[1], cells -> Double.parseDouble(cells[4]), (first, last) -> last));
  }

  /** Puts other accuracies into the stored measurements. */
  private void set(String one, double value, String other, double otherValue) throws IOException {
    Path file = directory.resolve("measurements.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(file).subList(0, 2));
    for (String[] cells : rows()) {
      if (cells[1].equals(one) || cells[1].equals(other)) {
        cells[4] = Double.toString(cells[1].equals(one) ? value : otherValue);
      }
      lines.add(String.join(",", cells));
    }
    Files.write(file, lines);
  }

  private List<String[]> rows() throws IOException {
    return Files.readAllLines(directory.resolve("measurements.csv")).stream()
        .skip(2)
        .map(line -> line.split(","))
        .toList();
  }
}
