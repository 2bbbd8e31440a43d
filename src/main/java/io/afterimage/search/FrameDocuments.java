package io.afterimage.search;

import io.afterimage.wire.FrameEmbedding;
import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;

/** Embeddings as documents of an encoder's index, and back. */
final class FrameDocuments {
  static final String VECTOR = "vector";
  static final String CAMERA = "camera";
  static final String TIME = "time";
  private static final String ID = "id";
  private static final String PLACE = "place";

  private FrameDocuments() {}

  /** The term that identifies a frame: a repeated embedding replaces the first. */
  static Term id(FrameEmbedding embedding) {
    return new Term(
        ID, "%d:%d:%s".formatted(embedding.partition(), embedding.offset(), embedding.camera()));
  }

  static Document of(FrameEmbedding embedding) {
    Document document = new Document();
    document.add(new StringField(ID, id(embedding).text(), Field.Store.NO));
    document.add(new StringField(CAMERA, embedding.camera(), Field.Store.YES));
    document.add(new LongPoint(TIME, embedding.captureMillis()));
    document.add(new NumericDocValuesField(TIME, embedding.captureMillis()));
    document.add(new StoredField(TIME, embedding.captureMillis()));
    document.add(
        new StoredField(
            PLACE,
            "%d %d %d".formatted(embedding.step(), embedding.partition(), embedding.offset())));
    document.add(
        new KnnFloatVectorField(VECTOR, embedding.vector(), VectorSimilarityFunction.COSINE));
    return document;
  }

  static IndexedFrame frame(IndexSearcher searcher, int document, long encoderId)
      throws IOException {
    Document stored = searcher.storedFields().document(document);
    String[] place = stored.get(PLACE).split(" ");
    return new IndexedFrame(
        stored.get(CAMERA),
        stored.getField(TIME).numericValue().longValue(),
        encoderId,
        Long.parseLong(place[0]),
        Integer.parseInt(place[1]),
        Long.parseLong(place[2]));
  }

  static float[] vector(IndexSearcher searcher, int document) throws IOException {
    LeafReaderContext leaf =
        searcher.getLeafContexts().get(ReaderUtil.subIndex(document, searcher.getLeafContexts()));
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(VECTOR);
    int inLeaf = document - leaf.docBase;
    if (vectors == null || vectors.advance(inLeaf) != inLeaf) {
      throw new IOException("document %d has no vector".formatted(document));
    }
    return vectors.vectorValue().clone();
  }
}
