package io.afterimage.lab.evaluation;

import io.afterimage.lab.simulation.ObjectArt;
import io.afterimage.lab.simulation.ProceduralArt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * The objects in view of the cameras, and held-out objects of the same classes.
 *
 * @param name name in the tables
 * @param training objects of the streams, and of the probes' training scenes
 * @param heldOut objects of the scenes that the probes are evaluated on
 */
record ObjectSet(String name, ObjectArt training, ObjectArt heldOut) {
  /** A source of objects. */
  @FunctionalInterface
  interface Source {
    /** Objects of a number of classes. */
    ObjectSet of(int classes);
  }

  /**
   * Procedural objects; every seed gives another object, which makes held-out objects differ from
   * those for training.
   */
  static Source procedural() {
    return classes -> {
      ObjectArt art = new ProceduralArt(classes);
      return new ObjectSet("procedural", art, art);
    };
  }

  /**
   * Objects from a data set of the MNIST family: its training images on the streams, its test
   * images held out. Fewer classes than the data set has are spread evenly over its own.
   *
   * @throws IOException naming the file that is missing or invalid
   */
  static Source idx(Path directory) throws IOException {
    LabelledImages training = LabelledImages.read(directory, "train");
    LabelledImages heldOut = LabelledImages.read(directory, "t10k");
    String name = directory.toAbsolutePath().normalize().getFileName().toString();
    int present = Math.min(training.classes(), heldOut.classes());
    return classes -> {
      if (classes > present) {
        throw new IllegalArgumentException(
            "classes must be <= %d, the classes of %s, but was %d"
                .formatted(present, name, classes));
      }
      int[] chosen = IntStream.range(0, classes).map(i -> i * present / classes).toArray();
      return new ObjectSet(name, new ImageArt(training, chosen), new ImageArt(heldOut, chosen));
    };
  }
}
