package io.afterimage.page;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a run that its topics do not hold: simulated cameras know their objects' classes, and
 * a run that probes its encoders knows their accuracies. Called by any thread.
 */
public interface RunKnowledge {
  /** No facts, as with real cameras. */
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

  /** The probability that two random frames show the same class; null if unknown. */
  @Nullable Double classPrior();

  /** The class of a frame, from 0; empty if unknown. */
  OptionalInt objectClass(String camera, long captureMillis);

  /** Probe accuracy of the untrained encoder; null if there is no probe. */
  @Nullable Double untrainedAccuracy();

  /** Probe accuracies so far, in the order of steps. */
  List<ProbeResult> probes();

  /** The untrained encoder, for comparison; null if unknown. */
  @Nullable FrameEmbedder untrained();
}
