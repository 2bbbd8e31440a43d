package io.afterimage.stream.record;

import io.afterimage.wire.FrameEmbedding;
import io.afterimage.wire.FrameEmbeddingCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: key and value in the form of {@link FrameEmbeddingCodec}. */
public final class FrameEmbeddingSerializer extends ImmutableSerializer<FrameEmbedding> {
  public FrameEmbeddingSerializer() {
    super(FrameEmbedding.class, 1);
  }

  @Override
  protected void write(FrameEmbedding embedding, DataOutputView out) throws IOException {
    Bytes.write(FrameEmbeddingCodec.key(embedding), out);
    Bytes.write(FrameEmbeddingCodec.encode(embedding), out);
  }

  @Override
  protected FrameEmbedding read(int version, DataInputView in) throws IOException {
    return FrameEmbeddingCodec.decode(Bytes.read(in), Bytes.read(in));
  }

  @Override
  public TypeSerializerSnapshot<FrameEmbedding> snapshotConfiguration() {
    return new Snapshots.OfFrameEmbedding();
  }
}
