package io.afterimage.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.wire.FrameEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final List<String> CAMERAS = List.of("a", "b", "c");
  private static final int CLASSES = 2;
  private static final int EACH = 4;

  /** The class that is seen changes every 20 s. */
  private static final RunKnowledge KNOWLEDGE =
      new Knowledge() {
        @Override
        public OptionalInt objectClass(String camera, long captureMillis) {
          return OptionalInt.of((int) (captureMillis / 20_000 % CLASSES));
        }
      };

  @Test
  void of_encoderThatSeesClasses_findsThemInAllCameras() {
    Agreement agreement = Agreement.of(frames(true), KNOWLEDGE);
    assertThat(agreement.step()).isEqualTo(300);
    assertThat(agreement.frames()).isEqualTo(24);
    assertThat(agreement.sameClass()).isEqualTo(1);
    assertThat(agreement.sameCamera()).isLessThan(1);
  }

  @Test
  void of_encoderThatSeesBackgrounds_findsTheSameCamera() {
    Agreement agreement = Agreement.of(frames(false), KNOWLEDGE);
    assertThat(agreement.sameCamera()).isEqualTo(1);
    assertThat(agreement.sameClass()).isLessThan(1);
  }

  @Test
  void of_any_saysWhatChanceGives() {
    Agreement agreement = Agreement.of(frames(true), KNOWLEDGE);
    assertThat(agreement.cameraByChance()).isCloseTo(7.0 / 23, within(1e-12));
    assertThat(agreement.classByChance()).isCloseTo(11.0 / 23, within(1e-12));
  }

  @Test
  void of_framesOfOneMoment_comparesNothing() {
    Agreement agreement =
        Agreement.of(
            List.of(Embeddings.along(0, "a", 0, 0), Embeddings.along(0, "a", 9, 1)), KNOWLEDGE);
    assertThat(agreement.sameCamera()).isNaN();
    assertThat(agreement.cameraByChance()).isNaN();
  }

  @Test
  void of_unknownClasses_saysNothingOfThem() {
    Agreement agreement = Agreement.of(frames(true), RunKnowledge.NONE);
    assertThat(agreement.sameClass()).isNaN();
    assertThat(agreement.classByChance()).isNaN();
    assertThat(agreement.sameCamera()).isNotNaN();
  }

  private static List<FrameEmbedding> frames(boolean byClass) {
    List<FrameEmbedding> frames = new ArrayList<>();
    for (String camera : CAMERAS) {
      for (int i = 0; i < CLASSES * EACH; i++) {
        int axis = byClass ? i % CLASSES : CAMERAS.indexOf(camera);
        frames.add(Embeddings.along(axis, camera, 20L * i, frames.size()));
      }
    }
    return frames;
  }

  private abstract static class Knowledge implements RunKnowledge {
    @Override
    public @Nullable Double classPrior() {
      return null;
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
  }
}
