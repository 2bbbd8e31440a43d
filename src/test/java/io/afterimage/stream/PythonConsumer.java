package io.afterimage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The reader of embeddings in Python that the documentation shows. */
final class PythonConsumer {
  private static final Path PROGRAM = Path.of("src", "docs", "read_embeddings.py");

  private PythonConsumer() {}

  /** Its output for some records' values; the test is skipped without Python. */
  static List<String> read(Path directory, List<ConsumerRecord<byte[], byte[]>> records)
      throws IOException, InterruptedException {
    Path input = Files.createTempFile(directory, "embeddings", ".bin");
    Path output = Files.createTempFile(directory, "embeddings", ".txt");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(input))) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        out.writeInt(record.value().length);
        out.write(record.value());
      }
    }
    ProcessBuilder python =
        new ProcessBuilder("python3", PROGRAM.toString())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = null;
    try {
      process = python.start();
    } catch (IOException e) {
      assumeTrue(false, "python3 is not installed: " + e.getMessage());
    }
    assertThat(process.waitFor()).as("exit code of %s", PROGRAM).isZero();
    return Files.readAllLines(output);
  }
}
