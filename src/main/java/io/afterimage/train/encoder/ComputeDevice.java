package io.afterimage.train.encoder;

import java.util.Optional;

/**
 * A GPU, and whether the ND4J release in use can run on it.
 *
 * @param name its name by the driver
 * @param major compute capability, before the point
 * @param minor compute capability, after the point
 * @param memoryBytes its memory
 */
public record ComputeDevice(String name, int major, int minor, long memoryBytes) {
  /*
   * nd4j-cuda-11.6 1.0.0-M2.1 ships machine code for capabilities 3.7 to 8.6 and no PTX. Machine
   * code runs on later minor capabilities of its major one, hence 8.9 runs and 9.0 does not.
   */
  private static final int LEAST = 37;
  private static final int MOST = 89;

  /** The compute capability as NVIDIA writes it: {@code 8.6}. */
  public String capability() {
    return major + "." + minor;
  }

  /** Why this device cannot be used, with advice, or empty if it can. */
  public Optional<String> obstacle() {
    int capability = 10 * major + minor;
    if (capability >= LEAST && capability <= MOST) {
      return Optional.empty();
    }
    return Optional.of(
        ("%s has compute capability %s, but the CUDA backend has code for 3.7 to 8.9"
                + " only (Kepler to"
                + " Ada): use another GPU, or build without -Pcuda to train on the CPU")
            .formatted(name, capability()));
  }

  @Override
  public String toString() {
    return "%s, compute capability %s, %d MiB".formatted(name, capability(), memoryBytes >> 20);
  }
}
