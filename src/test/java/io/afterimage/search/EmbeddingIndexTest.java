package io.afterimage.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.wire.FrameEmbedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingIndexTest {
  private static final String TOPIC = "id-of-the-topic";
  private static final Keep ALL = new Keep(100, null);
  private static final long START = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
  private static final SearchFilter TEN = filter(10, null, null, null, Duration.ZERO);

  @TempDir Path directory;

  @Test
  void nearest_findsWhatLookingAtAllOfThemFinds() throws IOException {
    List<FrameEmbedding> frames = random(3000, 32, 1);
    fill(frames);
    int found = 0;
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      for (FrameEmbedding query : random(20, 32, 2)) {
        List<FrameEmbedding> sorted = new ArrayList<>(frames);
        sorted.sort(Comparator.comparingDouble(each -> -cosine(query.vector(), each.vector())));
        Set<Long> expected = new HashSet<>();
        sorted.subList(0, 10).forEach(each -> expected.add(each.offset()));

        List<Hit> hits = index.nearest(7, query.vector(), null, TEN);

        assertThat(hits).hasSize(10);
        assertThat(hits).isSortedAccordingTo(Comparator.comparingDouble(hit -> -hit.similarity()));
        Hit first = hits.get(0);
        assertThat(first.similarity())
            .isCloseTo(
                cosine(query.vector(), frames.get((int) first.frame().offset()).vector()),
                within(1e-5));
        found += hits.stream().filter(hit -> expected.contains(hit.frame().offset())).count();
      }
    }
    assertThat(found).isGreaterThan(190);
  }

  @Test
  void hit_saysWhichFrameItIs() throws IOException {
    fill(List.of(new FrameEmbedding("gate", START, 7, 300, 2, 4711, new float[] {0, 1})));
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThat(index.nearest(7, new float[] {0, 2}, null, TEN))
          .containsExactly(new Hit(new IndexedFrame("gate", START, 7, 300, 2, 4711), 1.0));
      assertThat(index.cameras()).containsExactly("gate");
      assertThat(index.encoders()).containsExactly(new IndexedEncoder(7, 300, START, START));
    }
  }

  @Test
  void add_sameFrameAgain_replacesIt() throws IOException {
    fill(List.of(frame("a", 0, 1, 1, 0), frame("a", 0, 1, 0, 1), frame("b", 0, 1, 1, 0)));
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThat(index.frames(1)).isEqualTo(2);
      Hit first = index.nearest(1, new float[] {0, 1}, null, TEN).get(0);
      assertThat(first.frame().camera()).isEqualTo("a");
      assertThat(first.similarity()).isCloseTo(1, within(1e-6));
    }
  }

  /** As after a crash: the index is written, the offsets are not. */
  @Test
  void add_readAgainAfterACrash_isThereOnce() throws IOException {
    try (EmbeddingIndexer indexer = open(ALL)) {
      indexer.add(frame("a", 0, 1, 1, 0));
      indexer.position(0, 1);
      indexer.commit();
      indexer.add(frame("a", 1, 1, 1, 0));
      indexer.position(0, 2);
    }
    try (EmbeddingIndexer indexer = open(ALL)) {
      assertThat(indexer.position(0)).hasValue(1);
      assertThat(indexer.position(1)).isEmpty();
      indexer.add(frame("a", 1, 1, 1, 0));
      indexer.add(frame("a", 2, 1, 1, 0));
      indexer.position(0, 3);
      indexer.commit();
    }
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThat(index.frames()).isEqualTo(3);
    }
  }

  @Test
  void add_manyEncodersInTurn_keepsThemApart() throws IOException {
    List<FrameEmbedding> frames = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      frames.add(frame("a", i, i % 6, 1, i));
    }
    fill(frames);
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThat(index.encoders())
          .extracting(IndexedEncoder::id)
          .containsExactly(5L, 4L, 3L, 2L, 1L, 0L);
      for (IndexedEncoder each : index.encoders()) {
        assertThat(index.frames(each.id())).isEqualTo(10);
        assertThat(index.nearest(each.id(), new float[] {1, 1}, null, TEN))
            .allMatch(hit -> hit.frame().offset() % 6 == each.id());
      }
    }
  }

  @Test
  void add_vectorOfLengthZero_isLeftOut() throws IOException {
    try (EmbeddingIndexer indexer = open(ALL)) {
      indexer.add(frame("a", 0, 1, 0, 0));
      indexer.add(frame("a", 1, 1, 0, 1));
      indexer.commit();
      assertThat(indexer.zeros()).isEqualTo(1);
    }
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThat(index.frames()).isEqualTo(1);
    }
  }

  @Test
  void add_otherDimensionOfTheSameEncoder_isRefusedAndTheRestGoesOn() throws IOException {
    try (EmbeddingIndexer indexer = open(ALL)) {
      indexer.add(frame("a", 0, 1, 0, 1));
      FrameEmbedding longer = new FrameEmbedding("a", START, 1, 1, 0, 1, new float[] {1, 0, 0});
      assertThatThrownBy(() -> indexer.add(longer)).isInstanceOf(IllegalArgumentException.class);
      indexer.add(frame("a", 2, 1, 1, 0));
      indexer.commit();
    }
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThat(index.frames()).isEqualTo(2);
    }
  }

  @Test
  void largestEmbedding_isIndexed() throws IOException {
    List<FrameEmbedding> frames = random(3, 4096, 3);
    fill(frames);
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThat(index.nearest(7, frames.get(1).vector(), null, TEN).get(0).frame().offset())
          .isEqualTo(1);
    }
  }

  @Test
  void nearest_ofOneMoment_isTheMostAlikeOnly() throws IOException {
    List<FrameEmbedding> frames = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      // 10 s in all at one camera, with the likeness growing, and one frame of another.
      frames.add(frame("a", i, START + i * 25L, 1, 400, 400 - i));
    }
    frames.add(frame("b", 1000, START, 1, 1, 1));
    fill(frames);
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      float[] query = {1, 0};
      SearchFilter fiveSeconds = filter(10, null, null, null, Duration.ofSeconds(5));
      List<Hit> hits = index.nearest(1, query, null, fiveSeconds);
      assertThat(hits).extracting(hit -> hit.frame().offset()).containsExactly(399L, 199L, 1000L);

      IndexedFrame origin = hits.get(0).frame();
      assertThat(index.nearest(1, query, origin, fiveSeconds))
          .extracting(hit -> hit.frame().offset())
          .containsExactly(199L, 1000L);
      assertThat(index.nearest(1, query, origin, TEN))
          .hasSize(10)
          .noneMatch(hit -> hit.frame().equals(origin));
    }
  }

  @Test
  void nearest_filteredByCameraAndTime_isOfThoseOnly() throws IOException {
    List<FrameEmbedding> frames = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      frames.add(frame(i % 2 == 0 ? "a" : "b", i, START + i * 1000L, 1, 1, i));
    }
    fill(frames);
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      SearchFilter some =
          filter(
              50,
              "b",
              Instant.ofEpochMilli(START + 11_000),
              Instant.ofEpochMilli(START + 17_000),
              Duration.ZERO);
      assertThat(index.nearest(1, new float[] {0, 1}, null, some))
          .extracting(hit -> hit.frame().offset())
          .containsExactly(15L, 13L, 11L);
    }
  }

  @Test
  void nearest_unknownEncoderOrOtherDimension_isRefused() throws IOException {
    fill(List.of(frame("a", 0, 1, 0, 1)));
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThatThrownBy(() -> index.nearest(2, new float[] {0, 1}, null, TEN))
          .hasMessageContaining("0000000000000002");
      assertThatThrownBy(() -> index.nearest(1, new float[] {0, 1, 0}, null, TEN))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void frameAt_isTheNearestInTimeBeforeOrAfter() throws IOException {
    fill(
        List.of(
            frame("a", 0, START, 1, 1, 0),
            frame("a", 1, START + 1000, 2, 0, 1),
            frame("b", 2, START + 600, 1, 1, 1)));
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThat(index.frameAt("a", Instant.ofEpochMilli(START + 400), null))
          .hasValueSatisfying(found -> assertThat(found.frame().offset()).isEqualTo(0));
      assertThat(index.frameAt("a", Instant.ofEpochMilli(START + 600), null))
          .hasValueSatisfying(
              found -> {
                assertThat(found.frame().encoderId()).isEqualTo(2);
                assertThat(found.vector()).containsExactly(0, 1);
              });
      assertThat(index.frameAt("a", Instant.ofEpochMilli(START + 9000), 1L))
          .hasValueSatisfying(found -> assertThat(found.frame().offset()).isEqualTo(0));
      assertThat(index.frameAt("nobody", Instant.ofEpochMilli(START), null)).isEmpty();
    }
  }

  @Test
  void keep_newestEncoders_dropsTheOthersWhateverTheOrderOfReading() throws IOException {
    Keep two = new Keep(2, null);
    try (EmbeddingIndexer indexer = open(two)) {
      indexer.add(frame("a", 2, START + 2000, 3, 1, 0));
      indexer.add(frame("a", 0, START, 1, 1, 0));
      indexer.add(frame("a", 1, START + 1000, 2, 1, 0));
      indexer.commit();
    }
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThat(index.encoders()).extracting(IndexedEncoder::id).containsExactly(3L, 2L);
    }
    assertThat(names()).doesNotContain("encoder-0000000000000001");
  }

  @Test
  void keep_age_dropsOlderFrames() throws IOException {
    Keep hour = new Keep(10, Duration.ofHours(1));
    Clock later = Clock.fixed(Instant.ofEpochMilli(START + 3_600_000 + 500), ZoneOffset.UTC);
    try (EmbeddingIndexer indexer = EmbeddingIndexer.open(directory, TOPIC, hour, later)) {
      indexer.add(frame("a", 0, START, 1, 1, 0));
      indexer.add(frame("a", 1, START, 2, 1, 0));
      indexer.add(frame("a", 2, START + 1000, 2, 1, 0));
      indexer.commit();
    }
    try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
      assertThat(index.frames()).isEqualTo(1);
      assertThat(index.encoders()).extracting(IndexedEncoder::id).containsExactly(2L);
    }
  }

  @Test
  void open_otherTopic_isRefused() throws IOException {
    fill(List.of(frame("a", 0, 1, 1, 0)));
    assertThatThrownBy(() -> EmbeddingIndexer.open(directory, "another", ALL))
        .isInstanceOf(OtherTopicException.class)
        .hasMessageContaining("another")
        .hasMessageContaining(TOPIC);
    EmbeddingIndexer.delete(directory);
    EmbeddingIndexer.open(directory, "another", ALL).close();
  }

  @Test
  void open_whileItIsWritten_isRefused_butReadingGoesOn() throws IOException {
    fill(List.of(frame("a", 0, 1, 1, 0)));
    try (EmbeddingIndexer writing = open(ALL)) {
      writing.add(frame("a", 1, 1, 1, 0));
      assertThatThrownBy(() -> open(ALL)).isInstanceOf(IndexInUseException.class);
      try (EmbeddingIndex index = EmbeddingIndex.open(directory)) {
        assertThat(index.frames()).isEqualTo(1);
      }
    }
  }

  @Test
  void open_directoryOfSomethingElse_isRefusedAndLeftAlone() throws IOException {
    Files.writeString(directory.resolve("holiday.jpg"), "x");
    assertThatThrownBy(() -> open(ALL)).hasMessageContaining("holiday.jpg");
    EmbeddingIndexer.delete(directory);
    assertThat(directory.resolve("holiday.jpg")).exists();
  }

  @Test
  void open_noIndex_isSaid() {
    assertThatThrownBy(() -> EmbeddingIndex.open(directory))
        .isInstanceOf(NoSuchFileException.class);
  }

  private EmbeddingIndexer open(Keep keep) throws IOException {
    return EmbeddingIndexer.open(directory, TOPIC, keep);
  }

  private void fill(List<FrameEmbedding> frames) throws IOException {
    try (EmbeddingIndexer indexer = open(ALL)) {
      for (FrameEmbedding each : frames) {
        indexer.add(each);
      }
      indexer.commit();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static SearchFilter filter(
      int count, String camera, Instant from, Instant to, Duration apart) {
    return new SearchFilter(count, camera, from, to, apart);
  }

  private static FrameEmbedding frame(String camera, long offset, long encoder, float x, float y) {
    return frame(camera, offset, START + offset, encoder, x, y);
  }

  private static FrameEmbedding frame(
      String camera, long offset, long time, long encoder, float x, float y) {
    return new FrameEmbedding(camera, time, encoder, 100 * encoder, 0, offset, new float[] {x, y});
  }

  private static List<FrameEmbedding> random(int count, int dimension, long seed) {
    Random random = new Random(seed);
    List<FrameEmbedding> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] vector = new float[dimension];
      for (int d = 0; d < dimension; d++) {
        vector[d] = (float) random.nextGaussian();
      }
      frames.add(new FrameEmbedding("a", START + i, 7, 300, 0, i, vector));
    }
    return frames;
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squareA * squareB);
  }
}
