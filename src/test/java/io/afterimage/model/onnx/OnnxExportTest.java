package io.afterimage.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.afterimage.model.Encoders;
import io.afterimage.model.SnapshotEncoder;
import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.Normalization;
import io.afterimage.train.encoder.ResNetS;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exported model in ONNX Runtime against our own inference. */
class OnnxExportTest {
  private static final float TOLERANCE = 1e-5f;

  @ParameterizedTest
  @CsvSource({
    "GROUP, 32, 1, 128, 32",
    "GROUP, 32, 2, 24, 21",
    "WEIGHT, 8, 1, 16, 16",
    "WEIGHT, 16, 2, 5, 21",
    "BATCH, 8, 1, 16, 16",
    "BATCH, 16, 2, 5, 21",
  })
  void encode_anyEncoder_embedsAsOurInference(
      Normalization normalization, int width, int depth, int embeddingSize, int frameSize)
      throws OrtException {
    EncoderSettings settings =
        new EncoderSettings(ResNetS.NAME, width, depth, embeddingSize, normalization, frameSize);
    EncoderSnapshot snapshot = Encoders.snapshot(settings, 12, 1);
    try (OrtSession session = session(snapshot);
        SnapshotEncoder ours = new SnapshotEncoder(snapshot)) {
      for (int batch : new int[] {1, 3, 33}) {
        byte[] frames = Encoders.frames(settings, batch, batch);

        float[][] embeddings = embed(session, settings, frames, batch);

        float[] expected = ours.embed(frames, batch);
        assertThat(embeddings).hasDimensions(batch, embeddingSize);
        for (int i = 0; i < expected.length; i++) {
          assertThat(embeddings[i / embeddingSize][i % embeddingSize])
              .as("value %d of a batch of %d", i, batch)
              .isCloseTo(expected[i], within(TOLERANCE));
        }
      }
    }
  }

  /**
   * Groups of one channel, whose variance our inference rounds more coarsely than ONNX Runtime
   * does.
   */
  @ParameterizedTest
  @CsvSource({
    "GROUP, 8, 1, 16, 16",
    "GROUP, 8, 3, 5, 21",
    "GROUP, 16, 1, 16, 32",
    "WEIGHT, 8, 2, 5, 21",
    "BATCH, 8, 2, 5, 21",
  })
  void encode_anyEncoder_embedsAsDoublePrecision(
      Normalization normalization, int width, int depth, int embeddingSize, int frameSize)
      throws OrtException {
    EncoderSettings settings =
        new EncoderSettings(ResNetS.NAME, width, depth, embeddingSize, normalization, frameSize);
    EncoderSnapshot snapshot = Encoders.snapshot(settings, 12, 2);
    DoublePrecision reference = new DoublePrecision(snapshot);
    byte[] frames = Encoders.frames(settings, 5, 7);
    try (OrtSession session = session(snapshot)) {
      float[][] embeddings = embed(session, settings, frames, 5);
      for (int frame = 0; frame < 5; frame++) {
        double[] expected = reference.embed(frames, frame);
        for (int i = 0; i < embeddingSize; i++) {
          assertThat((double) embeddings[frame][i])
              .as("value %d of frame %d", i, frame)
              .isCloseTo(expected[i], within((double) TOLERANCE));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"GROUP", "WEIGHT", "BATCH"})
  void encode_freshEncoder_embedsAsOurs(Normalization normalization) throws OrtException {
    EncoderSettings settings = Encoders.small(normalization);
    EncoderSnapshot snapshot;
    try (ResNetS encoder = ResNetS.forTraining(settings, 2, 5)) {
      snapshot = EncoderSnapshot.of(encoder, 0);
    }
    byte[] frames = Encoders.frames(settings, 2, 9);
    try (OrtSession session = session(snapshot);
        SnapshotEncoder ours = new SnapshotEncoder(snapshot)) {
      float[][] embeddings = embed(session, settings, frames, 2);
      float[] expected = ours.embed(frames, 2);
      for (int i = 0; i < expected.length; i++) {
        assertThat(embeddings[i / 16][i % 16]).isCloseTo(expected[i], within(TOLERANCE));
      }
    }
  }

  @Test
  void encode_unitEmbeddings_whateverTheImage() throws OrtException {
    EncoderSettings settings = Encoders.small(Normalization.GROUP);
    byte[] frames = new byte[2 * 16 * 16 * 3];
    Arrays.fill(frames, frames.length / 2, frames.length, (byte) 255);
    try (OrtSession session = session(Encoders.snapshot(settings, 0, 3))) {
      for (float[] embedding : embed(session, settings, frames, 2)) {
        double square = 0;
        for (float value : embedding) {
          square += value * value;
        }
        assertThat(square).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void encode_namesTypesAndMetadata_areAsDocumented() throws OrtException {
    EncoderSettings settings = Encoders.small(Normalization.WEIGHT);
    try (OrtSession session = session(Encoders.snapshot(settings, 12, 1))) {
      TensorInfo input = info(session.getInputInfo(), "images");
      TensorInfo output = info(session.getOutputInfo(), "embeddings");
      assertThat(input.type).isEqualTo(OnnxJavaType.UINT8);
      assertThat(input.getShape()).containsExactly(-1, 16, 16, 3);
      assertThat(output.type).isEqualTo(OnnxJavaType.FLOAT);
      assertThat(output.getShape()).containsExactly(-1, 16);
      assertThat(session.getMetadata().getCustomMetadata())
          .containsEntry("step", "12")
          .containsEntry("encoder.normalization", "weight")
          .containsEntry("frame.size", "16");
    }
  }

  @Test
  void encode_snapshotWithoutAParameter_isRefused() {
    EncoderSnapshot snapshot =
        new EncoderSnapshot(0, Encoders.small(Normalization.GROUP), Map.of());
    assertThatThrownBy(() -> OnnxExport.encode(snapshot))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stem.kernel must have 216 values, but had none");
  }

  private static TensorInfo info(Map<String, NodeInfo> infos, String only) {
    assertThat(infos.keySet()).containsExactly(only);
    return (TensorInfo) infos.get(only).getInfo();
  }

  private static OrtSession session(EncoderSnapshot snapshot) throws OrtException {
    return OrtEnvironment.getEnvironment().createSession(OnnxExport.encode(snapshot));
  }

  private static float[][] embed(
      OrtSession session, EncoderSettings settings, byte[] frames, int batch) throws OrtException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(frames.length).put(frames).rewind();
    long[] shape = {batch, settings.frameSize(), settings.frameSize(), 3};
    try (OnnxTensor images =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), buffer, shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of("images", images))) {
      return (float[][]) result.get(0).getValue();
    }
  }
}
