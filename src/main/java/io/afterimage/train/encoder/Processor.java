package io.afterimage.train.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Checks that this machine's processor has the instructions that the native library on the class
 * path was built for. To be called before any class of ND4J loads, since an illegal instruction
 * would kill the process.
 */
final class Processor {
  private static final String AVX2_LIBRARY =
      "/org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn-avx2/libnd4jcpu.so";
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

  private Processor() {}

  /**
   * @throws IllegalStateException with one line of advice, if an instruction is missing
   */
  static void require() {
    if (Processor.class.getResource(AVX2_LIBRARY) == null || !Files.isReadable(DESCRIPTION)) {
      return;
    }
    try {
      obstacle(Files.readAllLines(DESCRIPTION))
          .ifPresent(
              line -> {
                throw new IllegalStateException(line);
              });
    } catch (IOException e) {
      // Without a readable description nothing is known about the processor.
    }
  }

  /**
   * Why the library for AVX2 cannot run, or empty if it can or the processor is unknown.
   *
   * @param description the lines of Linux's /proc/cpuinfo
   */
  static Optional<String> obstacle(List<String> description) {
    List<String> flags = description.stream().filter(line -> line.startsWith("flags")).toList();
    boolean missing =
        !flags.isEmpty()
            && flags.stream().noneMatch(line -> (line + " ").replace('\t', ' ').contains(" avx2 "));
    return missing
        ? Optional.of(
            "this processor has no AVX2, which the native library was built for: build with"
                + " -Dnd4j.extension=-onednn")
        : Optional.empty();
  }
}
