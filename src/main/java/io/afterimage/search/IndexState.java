package io.afterimage.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.afterimage.wire.EncoderId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Contents and reading position of an index: its file {@code state.json}, replaced atomically.
 *
 * @param topicId Kafka's id of the topic of embeddings; a recreated topic has another one
 * @param read embeddings added so far
 * @param positions the next offset of each partition
 * @param encoders the encoders with embeddings in the index
 */
record IndexState(
    String topicId, long read, Map<Integer, Long> positions, List<IndexedEncoder> encoders) {
  static final String FILE = "state.json";
  private static final int FORMAT = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  static IndexState empty(String topicId) {
    return new IndexState(topicId, 0, Map.of(), List.of());
  }

  /** The file's members, in the order in which they are written. */
  private record Members(
      int format,
      String topicId,
      long read,
      Map<Integer, Long> positions,
      List<EncoderMembers> encoders) {}

  private record EncoderMembers(
      String id, long step, long firstCaptureMillis, long lastCaptureMillis) {
    static EncoderMembers of(IndexedEncoder encoder) {
      return new EncoderMembers(
          EncoderId.hex(encoder.id()),
          encoder.step(),
          encoder.firstCaptureMillis(),
          encoder.lastCaptureMillis());
    }

    IndexedEncoder encoder() {
      return new IndexedEncoder(EncoderId.parse(id), step, firstCaptureMillis, lastCaptureMillis);
    }
  }

  /**
   * @throws NoSuchFileException if there is no index
   */
  static IndexState read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    byte[] bytes = Files.readAllBytes(file);
    try {
      return of(MAPPER.readValue(bytes, Members.class));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException("%s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static IndexState of(Members members) {
    if (members.format() != FORMAT) {
      throw new IllegalArgumentException(
          "format must be %d, but was %d".formatted(FORMAT, members.format()));
    }
    return new IndexState(
        members.topicId(),
        members.read(),
        new TreeMap<>(members.positions()),
        members.encoders().stream().map(EncoderMembers::encoder).toList());
  }

  void write(Path directory) throws IOException {
    Members members =
        new Members(
            FORMAT,
            topicId,
            read,
            new TreeMap<>(positions),
            encoders.stream().map(EncoderMembers::of).toList());
    Path aside = directory.resolve(FILE + ".writing");
    try (FileChannel out =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes =
          ByteBuffer.wrap(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(members));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(
        aside,
        directory.resolve(FILE),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }
}
