package io.afterimage.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterimage.wire.EncoderId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an index holds and how far it has read: its file {@code state.json}, replaced as a whole.
 *
 * @param topicId Kafka's id of the topic of embeddings; a topic that was deleted and made anew has
 *     another one
 * @param read embeddings added so far
 * @param positions the next offset of each partition
 * @param encoders the encoders that there are embeddings of
 */
record IndexState(
    String topicId, long read, Map<Integer, Long> positions, List<IndexedEncoder> encoders) {
  static final String FILE = "state.json";
  private static final int FORMAT = 1;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static IndexState empty(String topicId) {
    return new IndexState(topicId, 0, Map.of(), List.of());
  }

  /**
   * @throws NoSuchFileException if there is no index
   */
  static IndexState read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    byte[] bytes = Files.readAllBytes(file);
    try {
      return parse(MAPPER.readTree(bytes));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException("%s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static IndexState parse(JsonNode json) {
    if (json.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException(
          "format must be %d, but was %s".formatted(FORMAT, json.path("format")));
    }
    Map<Integer, Long> positions = new TreeMap<>();
    json.path("positions")
        .properties()
        .forEach(
            entry -> positions.put(Integer.valueOf(entry.getKey()), entry.getValue().asLong()));
    List<IndexedEncoder> encoders = new ArrayList<>();
    for (JsonNode each : json.path("encoders")) {
      encoders.add(
          new IndexedEncoder(
              EncoderId.parse(each.path("id").asText()),
              each.path("step").asLong(),
              each.path("firstCaptureMillis").asLong(),
              each.path("lastCaptureMillis").asLong()));
    }
    return new IndexState(
        json.path("topicId").asText(), json.path("read").asLong(), positions, encoders);
  }

  void write(Path directory) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", FORMAT);
    json.put("topicId", topicId);
    json.put("read", read);
    ObjectNode next = json.putObject("positions");
    positions.forEach((partition, offset) -> next.put(partition.toString(), offset));
    ArrayNode list = json.putArray("encoders");
    for (IndexedEncoder each : encoders) {
      list.addObject()
          .put("id", EncoderId.hex(each.id()))
          .put("step", each.step())
          .put("firstCaptureMillis", each.firstCaptureMillis())
          .put("lastCaptureMillis", each.lastCaptureMillis());
    }
    Path aside = directory.resolve(FILE + ".writing");
    try (FileChannel out =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes =
          ByteBuffer.wrap(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
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
