package io.afterimage.search;

import io.afterimage.wire.FrameEmbedding;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

/**
 * Writes embeddings to an index on disk:
 *
 * <pre>
 *   state.json              {@link IndexState}
 *   update.lock             held by the one process that writes
 *   encoder-0123456789abcdef/   Lucene's index of this encoder's embeddings
 * </pre>
 *
 * <p>Embeddings of different encoders cannot be compared, so each encoder has an index of its own,
 * and dropping an encoder is deleting a directory.
 *
 * <p>{@link #commit} first makes the added embeddings durable, and then the offsets up to which the
 * topic was read. After a crash in between, some embeddings are read again, and each replaces
 * itself: none is lost or stored twice.
 *
 * <p>Legal order of calls: {@link #add} and {@link #position} any number of times, {@link #commit}
 * now and then, {@link #close} last. Belongs to one thread.
 */
public final class EmbeddingIndexer implements AutoCloseable {
  private static final String LOCK = "update.lock";

  /** Encoders whose indexes are open for writing at once; a stream seldom mixes more than two. */
  private static final int MOST_OPEN = 4;

  private final Path directory;
  private final Keep keep;
  private final Clock clock;
  private final FileChannel lockFile;
  private final Map<Long, IndexWriter> writers =
      new LinkedHashMap<>(); // least recently opened first
  private final Map<Long, IndexedEncoder> encoders = new LinkedHashMap<>();
  private final Map<Integer, Long> positions = new TreeMap<>();
  private final String topicId;
  private long read;
  private long zeros;

  private EmbeddingIndexer(
      Path directory, IndexState state, Keep keep, Clock clock, FileChannel lockFile) {
    this.directory = directory;
    this.keep = keep;
    this.clock = clock;
    this.lockFile = lockFile;
    topicId = state.topicId();
    read = state.read();
    positions.putAll(state.positions());
    state.encoders().forEach(each -> encoders.put(each.id(), each));
  }

  /**
   * Opens an index for writing; creates it if it does not exist.
   *
   * @param topicId Kafka's id of the topic that is read
   * @throws IndexInUseException if another process writes it
   * @throws OtherTopicException if it was filled from another topic
   */
  public static EmbeddingIndexer open(Path directory, String topicId, Keep keep)
      throws IOException {
    return open(directory, topicId, keep, Clock.systemUTC());
  }

  static EmbeddingIndexer open(Path directory, String topicId, Keep keep, Clock clock)
      throws IOException {
    Files.createDirectories(directory);
    FileChannel lockFile = lock(directory);
    try {
      IndexState state;
      try {
        state = IndexState.read(directory);
      } catch (NoSuchFileException e) {
        requireEmpty(directory);
        state = IndexState.empty(topicId);
      }
      if (!state.topicId().equals(topicId)) {
        throw new OtherTopicException(
            "the index %s was filled from another topic of embeddings (id %s, but this one is %s)"
                .formatted(directory, state.topicId(), topicId));
      }
      EmbeddingIndexer indexer = new EmbeddingIndexer(directory, state, keep, clock, lockFile);
      indexer.deleteStrayEncoders();
      return indexer;
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  /** Deletes an index, and no other files in its directory. */
  public static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    FileChannel lockFile = lock(directory);
    try {
      Files.deleteIfExists(directory.resolve(IndexState.FILE));
      for (Path encoder : encoderDirectories(directory)) {
        deleteEncoder(encoder);
      }
    } finally {
      lockFile.close();
    }
  }

  // Closing the file releases the lock.
  @SuppressWarnings("resource")
  private static FileChannel lock(Path directory) throws IOException {
    FileChannel file =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      // This process holds it already.
    }
    if (lock == null) {
      file.close();
      throw new IndexInUseException(
          "the index %s is being updated by another process".formatted(directory));
    }
    return file;
  }

  /** Without a state file the directory is not known to be an index. */
  private static void requireEmpty(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      List<String> other =
          children
              .map(child -> child.getFileName().toString())
              .filter(name -> !name.equals(LOCK) && !name.startsWith("encoder-"))
              .toList();
      if (!other.isEmpty()) {
        throw new IOException(
            "%s is not an index, but holds %s: give an empty directory"
                .formatted(directory, other.get(0)));
      }
    }
  }

  private static List<Path> encoderDirectories(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(child -> child.getFileName().toString().matches("encoder-[0-9a-f]{16}"))
          .toList();
    }
  }

  /** Deletes the encoders left behind by a crash before the first commit or during a deletion. */
  private void deleteStrayEncoders() throws IOException {
    for (Path each : encoderDirectories(directory)) {
      if (encoders.values().stream().noneMatch(known -> known.directory(directory).equals(each))) {
        deleteEncoder(each);
      }
    }
  }

  private static void deleteEncoder(Path encoder) throws IOException {
    try (Stream<Path> tree = Files.walk(encoder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // There is nothing to delete.
    }
  }

  /**
   * Adds an embedding; one of the same frame by the same encoder is replaced.
   *
   * @throws IllegalArgumentException if its vector has another length than those of the same
   *     encoder; it is not added
   */
  public void add(FrameEmbedding embedding) throws IOException {
    if (isZero(embedding.vector())) {
      // A zero vector has no direction, hence no similarity.
      zeros++;
      return;
    }
    long id = embedding.encoderId();
    writer(id).updateDocument(FrameDocuments.id(embedding), FrameDocuments.of(embedding));
    read++;
    IndexedEncoder known = encoders.get(id);
    long time = embedding.captureMillis();
    encoders.put(
        id,
        known == null ? new IndexedEncoder(id, embedding.step(), time, time) : known.with(time));
  }

  private static boolean isZero(float[] vector) {
    for (float value : vector) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private IndexWriter writer(long encoderId) throws IOException {
    IndexWriter open = writers.get(encoderId);
    if (open != null) {
      return open;
    }
    if (writers.size() >= MOST_OPEN) {
      Long first = writers.keySet().iterator().next();
      writers.remove(first).close();
    }
    IndexWriter writer = open(encoderId);
    writers.put(encoderId, writer);
    return writer;
  }

  private IndexWriter open(long encoderId) throws IOException {
    return new IndexWriter(
        FSDirectory.open(IndexedEncoder.directory(directory, encoderId)),
        new IndexWriterConfig().setCodec(LargeVectors.CODEC).setCommitOnClose(true));
  }

  /** The next offset of a partition, empty if nothing of it was read. */
  public OptionalLong position(int partition) {
    Long position = positions.get(partition);
    return position == null ? OptionalLong.empty() : OptionalLong.of(position);
  }

  /** Records that a partition was added up to this offset. */
  public void position(int partition, long offset) {
    positions.put(partition, offset);
  }

  /** Embeddings added since the index was created, including replaced and dropped ones. */
  public long read() {
    return read;
  }

  /** Embeddings of length zero among those added since this was opened; they are not indexed. */
  public long zeros() {
    return zeros;
  }

  /** Makes the added embeddings durable and visible, then drops those beyond the limits. */
  public void commit() throws IOException {
    for (IndexWriter each : writers.values()) {
      each.commit();
    }
    List<IndexedEncoder> dropped = dropOldEncoders();
    deleteOldFrames();
    new IndexState(topicId, read, positions, new ArrayList<>(encoders.values())).write(directory);
    for (IndexedEncoder each : dropped) {
      deleteEncoder(each.directory(directory));
    }
  }

  private List<IndexedEncoder> dropOldEncoders() throws IOException {
    List<IndexedEncoder> newestFirst = new ArrayList<>(encoders.values());
    newestFirst.sort(IndexedEncoder.NEWEST_FIRST);
    List<IndexedEncoder> dropped = new ArrayList<>();
    for (int i = 0; i < newestFirst.size(); i++) {
      IndexedEncoder each = newestFirst.get(i);
      if (i >= keep.encoders() || each.lastCaptureMillis() < oldest()) {
        dropped.add(each);
        encoders.remove(each.id());
        IndexWriter open = writers.remove(each.id());
        if (open != null) {
          open.close();
        }
      }
    }
    return dropped;
  }

  private long oldest() {
    return keep.age() == null ? Long.MIN_VALUE : clock.instant().minus(keep.age()).toEpochMilli();
  }

  private void deleteOldFrames() throws IOException {
    long oldest = oldest();
    for (IndexedEncoder each : List.copyOf(encoders.values())) {
      if (each.firstCaptureMillis() < oldest) {
        IndexWriter writer = writer(each.id());
        writer.deleteDocuments(
            LongPoint.newRangeQuery(FrameDocuments.TIME, Long.MIN_VALUE, oldest - 1));
        writer.commit();
        encoders.put(
            each.id(),
            new IndexedEncoder(each.id(), each.step(), oldest, each.lastCaptureMillis()));
      }
    }
  }

  /**
   * Releases the lock. Embeddings added since the last commit are discarded and have to be read
   * again.
   */
  @Override
  public void close() throws IOException {
    try {
      for (IndexWriter each : writers.values()) {
        each.close();
      }
    } finally {
      lockFile.close();
    }
  }
}
