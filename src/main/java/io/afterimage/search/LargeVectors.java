package io.afterimage.search;

import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's graph of vectors (HNSW, Malkov and Yashunin, arXiv:1603.09320), without Lucene's limit
 * of 1024 dimensions, which is one of policy. The files are in Lucene's format, under its name, and
 * can be read without this class.
 */
final class LargeVectors extends KnnVectorsFormat {
  private static final int MOST_DIMENSIONS = 4096;

  /** Lucene's codec with this format. */
  static final Codec CODEC =
      new Lucene912Codec() {
        private final KnnVectorsFormat vectors = new LargeVectors();

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
          return vectors;
        }
      };

  private final KnnVectorsFormat graph;

  private LargeVectors() {
    this(new Lucene99HnswVectorsFormat());
  }

  private LargeVectors(KnnVectorsFormat graph) {
    super(graph.getName());
    this.graph = graph;
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return graph.fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return graph.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String field) {
    return MOST_DIMENSIONS;
  }
}
