package io.afterimage.stream.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  /** Names in savepoints. One that is changed here makes those unreadable. */
  private static final Map<String, TypeInformation<?>> NAMES =
      Map.of(
          "io.afterimage.stream.record.Snapshots$OfCameraState", Types.CAMERA_STATE,
          "io.afterimage.stream.record.Snapshots$OfEncodedFrame", Types.ENCODED_FRAME,
          "io.afterimage.stream.record.Snapshots$OfFrame", Types.FRAME,
          "io.afterimage.stream.record.Snapshots$OfFrameEmbedding", Types.FRAME_EMBEDDING,
          "io.afterimage.stream.record.Snapshots$OfLocatedFrame", Types.LOCATED_FRAME,
          "io.afterimage.stream.record.Snapshots$OfPositiveGroup", Types.POSITIVE_GROUP,
          "io.afterimage.stream.record.Snapshots$OfRateBucket", Types.RATE_BUCKET,
          "io.afterimage.stream.record.Snapshots$OfReceived", Types.RECEIVED,
          "io.afterimage.stream.record.Snapshots$OfRejection", Types.REJECTION,
          "io.afterimage.stream.record.Snapshots$OfStepReport", Types.STEP_REPORT);

  @Test
  void names_ofEverySerializer_areTheStoredOnes() {
    NAMES.forEach(
        (name, type) ->
            assertThat(
                    type.createSerializer(new SerializerConfigImpl())
                        .snapshotConfiguration()
                        .getClass()
                        .getName())
                .isEqualTo(name));
  }

  @Test
  void names_areAllKnownHere() {
    List<String> declared =
        Arrays.stream(Snapshots.class.getDeclaredClasses()).map(Class::getName).toList();

    assertThat(declared).containsExactlyInAnyOrderElementsOf(NAMES.keySet());
  }
}
