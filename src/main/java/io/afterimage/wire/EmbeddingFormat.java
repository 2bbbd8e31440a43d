package io.afterimage.wire;

/** The format of the value of an embedding's record. */
public enum EmbeddingFormat {
  /** The binary form of {@link FrameEmbeddingCodec}. */
  BINARY {
    @Override
    public byte[] encode(FrameEmbedding embedding) {
      return FrameEmbeddingCodec.encode(embedding);
    }
  },
  /** The JSON form of {@link FrameEmbeddingJson}. */
  JSON {
    @Override
    public byte[] encode(FrameEmbedding embedding) {
      return FrameEmbeddingJson.encode(embedding);
    }
  };

  /** The value of an embedding's record. */
  public abstract byte[] encode(FrameEmbedding embedding);
}
