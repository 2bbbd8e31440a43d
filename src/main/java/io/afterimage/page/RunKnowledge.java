package io.afterimage.page;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run beyond its topics: simulated cameras know what they show, and a run that
 * judges its encoders knows how good they are. Called by any thread.
 */
public interface RunKnowledge {
  /** Knows nothing, as where cameras are real. */
  RunKnowledge NONE =
      new RunKnowledge() {
        @Override
        public @Nullable Double classPrior() {
          return null;
        }

        @Override
        public OptionalInt objectClass(String camera, long captureMillis) {
          return OptionalInt.empty();
        }

        @Override
        public @Nullable Double untrainedAccuracy() {
          return null;
        }

        @Override
        public List<ProbeResult> probes() {
          return List.of();
        }

        @Override
        public @Nullable FrameEmbedder untrained() {
          return null;
        }
      };

  /** How often two frames drawn at random show the same class; null if nobody knows. */
  @Nullable Double classPrior();

  /** The class of what a frame shows, from 0; empty if nobody knows. */
  OptionalInt objectClass(String camera, long captureMillis);

  /** Probe accuracy of the untrained encoder; null if there is no probe. */
  @Nullable Double untrainedAccuracy();

  /** Probe accuracies so far, in the order of steps. */
  List<ProbeResult> probes();

  /** The encoder before its first step, to compare with; null if it is not known. */
  @Nullable FrameEmbedder untrained();
}
