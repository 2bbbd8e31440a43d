package io.afterimage.wire;

/** How the value of an embedding's record is written. */
public enum EmbeddingFormat {
  /** As {@link FrameEmbeddingCodec} has it. */
  BINARY {
    @Override
    public byte[] encode(FrameEmbedding embedding) {
      return FrameEmbeddingCodec.encode(embedding);
    }
  },
  /** As {@link FrameEmbeddingJson} has it. */
  JSON {
    @Override
    public byte[] encode(FrameEmbedding embedding) {
      return FrameEmbeddingJson.encode(embedding);
    }
  };

  /** The value of an embedding's record. */
  public abstract byte[] encode(FrameEmbedding embedding);
}
