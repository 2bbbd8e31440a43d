package io.afterimage.train;

import io.afterimage.train.encoder.Normalization;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the stored learner that {@link LearnerTest} keeps reading; to be run once for each version
 * of the form, never again for an old one.
 *
 * <pre>
 *   java -cp ... io.afterimage.train.StoredLearner src/test/resources/learn/learner-v1.gz
 * </pre>
 */
final class StoredLearner {
  private StoredLearner() {}

  public static void main(String[] args) throws IOException {
    LearnerSettings settings = LearnerFixtures.settings(Normalization.GROUP);
    try (Learner learner = new Learner(settings)) {
      for (int i = 0; i < 3; i++) {
        learner.step(LearnerFixtures.batch(settings, i));
      }
      try (DataOutputStream out =
          new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(Path.of(args[0]))))) {
        learner.write(out);
      }
      System.out.println(learner.step(LearnerFixtures.batch(settings, 3)).loss());
    }
  }
}
