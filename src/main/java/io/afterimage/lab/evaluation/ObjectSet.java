package io.afterimage.lab.evaluation;

import io.afterimage.lab.simulation.ObjectArt;
import io.afterimage.lab.simulation.ProceduralArt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * The objects that cameras see, and others of the same classes that they never see.
 *
 * @param name what the tables call it
 * @param training objects of the streams, and of the probes' training scenes
 * @param heldOut objects of the scenes that the probes are judged on
 */
record ObjectSet(String name, ObjectArt training, ObjectArt heldOut) {
  /** Where objects come from. */
  @FunctionalInterface
  interface Source {
    /** Objects of so many classes. */
    ObjectSet of(int classes);
  }

  /** Objects drawn by rule; every seed gives another object, so that held-out ones are others. */
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
   * @throws IOException naming the file that is missing or wrong
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
