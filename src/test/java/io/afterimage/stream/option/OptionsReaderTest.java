package io.afterimage.stream.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.afterimage.train.memory.MemorySettings.Eviction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsReaderTest {
  @TempDir Path directory;

  @Test
  void read_withoutAnything_hasNoProblem() throws Exception {
    assertThat(OptionsReader.read(null, Map.of()).toMap()).isEmpty();
  }

  @Test
  void read_overrides_areStrongerThanTheFile() throws Exception {
    Path file = yaml("frame:\n  size: 64\npairing.max-gap: 3 s\nmemory:\n  eviction: fifo\n");

    Configuration options = OptionsReader.read(file, Map.of("frame.size", "48"));

    assertThat(options.get(FrameOptions.SIZE)).isEqualTo(48);
    assertThat(options.get(PairingOptions.MAX_GAP)).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.get(MemoryOptions.EVICTION)).isEqualTo(Eviction.FIFO);
  }

  @Test
  void read_optionsThatClash_saysWhy() throws Exception {
    Map<String, String> clashing =
        Map.of(
            "pairing.views", "12",
            "pairing.disorder", "6 s",
            "pairing.cut-threshold", "0.005",
            "prior.fixed", "0.6");

    assertThat(problems(null, clashing))
        .containsExactlyInAnyOrder(
            "pairing.max-gap must be at least (pairing.views - 1) * pairing.min-gap, or no group"
                + " fits the window, but pairing.views = 12, pairing.min-gap = 200 ms,"
                + " pairing.max-gap = 2 s",
            "pairing.disorder must not exceed pairing.outage, or a late frame looks like a clock"
                + " that was set back, but pairing.disorder = 6 s, pairing.outage = 5 s",
            "pairing.change-threshold must be below pairing.cut-threshold, or every change is"
                + " either none or a cut, but pairing.change-threshold = 0.005,"
                + " pairing.cut-threshold = 0.005",
            "prior.fixed must lie within prior.min and prior.max, since it stands in for an"
                + " estimate, but prior.estimator = contrast, prior.fixed = 0.6, prior.min = 0.0,"
                + " prior.max = 0.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "prior.estimator=fixed prior.fixed=0.6",
        "pairing.min-gap=0ms pairing.max-gap=1ms pairing.outage=1ms pairing.disorder=0ms",
        "pairing.views=16 pairing.max-gap=36500d pairing.outage=36500d pairing.expiry=36500d pairing.disorder=0ms",
        "negatives.strategies=none negatives.object-horizon=1ms negatives.hardness=0",
        "memory.capacity=0 batch.groups=2 batch.fresh-groups=2",
        "frame.min-side=1 frame.max-pixels=256 frame.max-bytes=1gb",
        "snapshot.max-age=36500d snapshot.keep=1"
      })
  void settings_ofAcceptedOptions_areMade(String accepted) throws Exception {
    Map<String, String> options =
        Stream.of(accepted.split(" "))
            .filter(option -> !option.isEmpty())
            .collect(Collectors.toMap(o -> o.split("=")[0], o -> o.split("=")[1]));

    Configuration read = OptionsReader.read(null, options);

    assertThat(PairingOptions.settings(read)).isNotNull();
    assertThat(FrameOptions.settings(read)).isNotNull();
    assertThat(BatchOptions.settings(read)).isNotNull();
    assertThat(MemoryOptions.settings(read)).isNotNull();
    assertThat(LearnerOptions.settings(read)).isNotNull();
    assertThat(SnapshotOptions.retention(read)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 micro", "0 ms", "40000 d", "100000000000 d"})
  void read_durationThatMillisecondsDoNotHold_isRefused(String duration) {
    assertThat(problems(null, Map.of("frame.max-age", duration)))
        .singleElement()
        .asString()
        .startsWith("frame.max-age must be from 1 ms to 36500 d, but was ");
  }

  @Test
  void read_unknownNegatives_namesThoseThereAre() {
    assertThat(problems(null, Map.of("negatives.strategies", "camera,lens")))
        .containsExactly(
            "negatives.strategies must be none, or of camera, same-object, posterior and hard, each"
                + " at most once, separated by commas, but was camera,lens");
  }

  @Test
  void read_severalProblems_namesAllAtOnce() throws Exception {
    Path file = yaml("frame:\n  siz: 64\npairing:\n  views: two\n  max-gap: 100 ms\n");

    List<String> problems =
        problems(
            file, Map.of("prior.max", "1.0", "memory.eviction", "lru", "optimizer.beta1", "NaN"));

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "unknown option frame.siz: did you mean frame.size?",
            "pairing.views must be an integer, but was 'two'",
            "memory.eviction must be one of fifo, redundancy, reservoir, but was 'lru'",
            "prior.max must be at least 0.0 and below 1.0, but was 1.0",
            "optimizer.beta1 must be at least 0.0 and below 1.0, but was NaN",
            "pairing.min-gap must not exceed pairing.max-gap, or no gap fits the window, but"
                + " pairing.min-gap = 200 ms, pairing.max-gap = 100 ms");
  }

  @Test
  void read_clash_isJudgedOnlyIfBothValuesAreAllowed() {
    assertThat(problems(null, Map.of("batch.groups", "4", "batch.fresh-groups", "-1")))
        .containsExactly("batch.fresh-groups must be from 1 to 8192, but was -1");
    assertThat(problems(null, Map.of("batch.groups", "4", "batch.fresh-groups", "8")))
        .containsExactly(
            "batch.fresh-groups must not exceed batch.groups, which they are part of, but"
                + " batch.fresh-groups = 8, batch.groups = 4");
  }

  @Test
  void read_unknownNameFarFromAll_pointsToHelp() {
    assertThat(problems(null, Map.of("zookeeper.quorum", "x")))
        .containsExactly("unknown option zookeeper.quorum: --help lists all of them");
  }

  @Test
  void read_passThrough_isTakenAsItIs() throws Exception {
    Path file = yaml("kafka:\n  property:\n    security.protocol: SSL\n");

    Configuration options = OptionsReader.read(file, Map.of("flink.parallelism.default", "2"));

    assertThat(options.toMap())
        .containsEntry("kafka.property.security.protocol", "SSL")
        .containsEntry("flink.parallelism.default", "2");
  }

  @Test
  void read_renamedOption_namesItsNewName() {
    assertThat(problems(null, Map.of("embeddings.batch", "8")))
        .containsExactly(
            "unknown option embeddings.batch: it was renamed to embeddings.batch-size");
    assertThat(AfterimageOptions.RENAMED)
        .allSatisfy(
            (before, now) -> {
              assertThat(AfterimageOptions.isKnown(before)).as(before).isFalse();
              assertThat(AfterimageOptions.isKnown(now)).as(now).isTrue();
            });
  }

  @Test
  void read_emptyName_isAProblem() {
    assertThat(problems(null, Map.of("", "5")))
        .containsExactly("an option must have a name, but one with the value '5' has none");
  }

  @Test
  void read_optionSetTwiceInTheFile_isAProblem() throws Exception {
    assertThat(problems(yaml("frame.size: 64\nframe:\n  size: 32\n"), Map.of()))
        .containsExactly("frame.size must be set once, but the options file sets it more often");
    assertThat(problems(yaml("frame.size: 64\nframe.size: 32\n"), Map.of()))
        .singleElement()
        .asString()
        .contains("found duplicate key frame.size");
  }

  @Test
  void read_optionWithoutAValue_isAProblem() throws Exception {
    assertThat(problems(yaml("frame.size:\n"), Map.of()))
        .containsExactly("frame.size must have a value, but the options file gives none");
    assertThat(OptionsReader.read(yaml("frame:\n  # size: 32\n"), Map.of()).toMap()).isEmpty();
  }

  @Test
  void read_unreadableFile_isAProblem() throws Exception {
    assertThat(problems(directory.resolve("none.yaml"), Map.of()))
        .singleElement()
        .asString()
        .contains("none.yaml cannot be read");
    assertThat(problems(directory, Map.of()))
        .containsExactly("the options file %s cannot be read".formatted(directory));
    Path latin1 = Files.write(directory.resolve("latin1.yaml"), new byte[] {'a', ':', (byte) 0xe4});
    assertThat(problems(latin1, Map.of()))
        .containsExactly("the options file %s is not UTF-8".formatted(latin1));
    assertThat(problems(yaml("frame: [1, 2"), Map.of()))
        .singleElement()
        .asString()
        .contains("is not YAML: while parsing a flow sequence");
    assertThat(problems(yaml("just text"), Map.of()))
        .singleElement()
        .asString()
        .contains("must hold names and values");
    assertThat(problems(yaml("frame.size: [1, 2]"), Map.of()))
        .containsExactly("frame.size must be a single value, but was a list");
    assertThat(OptionsReader.read(yaml("# nothing\n"), Map.of()).toMap()).isEmpty();
  }

  @Test
  void shippedFile_holdsTheDefaults() throws Exception {
    Configuration options = OptionsReader.read(Path.of("jobs/afterimage.yaml"), Map.of());

    for (Option<?> option : AfterimageOptions.all()) {
      if (option.option() != CheckpointOptions.DIRECTORY
          && option.option() != SnapshotOptions.DIRECTORY) {
        assertThat((Object) options.get(option.option()))
            .as(option.key())
            .isEqualTo(option.option().defaultValue());
      }
    }
  }

  @Test
  void everyOption_isDocumentedOnce() {
    assertThat(AfterimageOptions.all()).extracting(Option::key).doesNotHaveDuplicates();
    assertThat(AfterimageOptions.all()).allSatisfy(o -> assertThat(o.description()).endsWith("."));
    assertThat(OptionTable.help())
        .contains("pairing.max-gap (duration, from 1 ms to 36500 d; 2 s)");
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "options", ".yaml"), text);
  }

  private static List<String> problems(Path file, Map<String, String> overrides) {
    return catchThrowableOfType(
            InvalidOptionsException.class, () -> OptionsReader.read(file, overrides))
        .problems();
  }
}
