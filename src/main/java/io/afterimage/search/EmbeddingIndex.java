package io.afterimage.search;

import io.afterimage.wire.EncoderId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Read access to the index as {@link EmbeddingIndexer} last committed it; another process may write
 * it at the same time.
 */
public final class EmbeddingIndex implements AutoCloseable {
  /** Candidates for each wanted frame that the first look into a graph takes. */
  private static final int CANDIDATES = 8;

  private static final int LEAST_CANDIDATES = 100;

  private final Map<Long, IndexSearcher> searchers = new LinkedHashMap<>();
  private final List<IndexedEncoder> newestFirst = new ArrayList<>();

  private EmbeddingIndex() {}

  /**
   * @throws NoSuchFileException if there is no index
   */
  // The readers live as long as the index.
  @SuppressWarnings("resource")
  public static EmbeddingIndex open(Path directory) throws IOException {
    EmbeddingIndex index = new EmbeddingIndex();
    try {
      for (IndexedEncoder each : IndexState.read(directory).encoders()) {
        try {
          DirectoryReader reader =
              DirectoryReader.open(FSDirectory.open(each.directory(directory)));
          index.searchers.put(each.id(), new IndexSearcher(reader));
          index.newestFirst.add(each);
        } catch (IndexNotFoundException | NoSuchFileException e) {
          // Dropped since the state was read.
        }
      }
      index.newestFirst.sort(IndexedEncoder.NEWEST_FIRST);
      return index;
    } catch (IOException | RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /** The encoders with embeddings in the index, the newest first. */
  public List<IndexedEncoder> encoders() {
    return Collections.unmodifiableList(newestFirst);
  }

  /** Frames that an encoder embedded; 0 if it is not known. */
  public long frames(long encoderId) {
    IndexSearcher searcher = searchers.get(encoderId);
    return searcher == null ? 0 : searcher.getIndexReader().numDocs();
  }

  /** Frames in all. */
  public long frames() {
    return newestFirst.stream().mapToLong(each -> frames(each.id())).sum();
  }

  /** The cameras with frames in the index. */
  public SortedSet<String> cameras() throws IOException {
    SortedSet<String> cameras = new TreeSet<>();
    for (IndexSearcher searcher : searchers.values()) {
      for (LeafReaderContext leaf : searcher.getLeafContexts()) {
        Terms terms = leaf.reader().terms(FrameDocuments.CAMERA);
        if (terms != null) {
          TermsEnum each = terms.iterator();
          for (BytesRef term = each.next(); term != null; term = each.next()) {
            cameras.add(term.utf8ToString());
          }
        }
      }
    }
    return cameras;
  }

  /** A frame with its vector {@code (D)}. */
  public record Embedded(IndexedFrame frame, float[] vector) {}

  /**
   * The camera's frame nearest to a time; on a tie, the one of the newer encoder.
   *
   * @param encoderId embedded by this encoder; null for any
   * @return empty if there is no frame of that camera
   */
  public Optional<Embedded> frameAt(String camera, Instant time, @Nullable Long encoderId)
      throws IOException {
    long wanted = time.toEpochMilli();
    long nearest = Long.MAX_VALUE;
    IndexSearcher in = null;
    long by = 0;
    int document = -1;
    for (IndexedEncoder encoder : newestFirst) {
      if (encoderId != null && encoder.id() != encoderId) {
        continue;
      }
      IndexSearcher searcher = searchers.get(encoder.id());
      for (boolean later : new boolean[] {false, true}) {
        Query query =
            new BooleanQuery.Builder()
                .add(new TermQuery(new Term(FrameDocuments.CAMERA, camera)), Occur.FILTER)
                .add(
                    later
                        ? LongPoint.newRangeQuery(FrameDocuments.TIME, wanted, Long.MAX_VALUE)
                        : LongPoint.newRangeQuery(FrameDocuments.TIME, Long.MIN_VALUE, wanted),
                    Occur.FILTER)
                .build();
        Sort byTime = new Sort(new SortField(FrameDocuments.TIME, SortField.Type.LONG, !later));
        for (ScoreDoc found : searcher.search(query, 1, byTime).scoreDocs) {
          long off =
              Math.abs(
                  FrameDocuments.frame(searcher, found.doc, encoder.id()).captureMillis() - wanted);
          if (off < nearest) {
            nearest = off;
            in = searcher;
            by = encoder.id();
            document = found.doc;
          }
        }
      }
    }
    return in == null
        ? Optional.empty()
        : Optional.of(
            new Embedded(
                FrameDocuments.frame(in, document, by), FrameDocuments.vector(in, document)));
  }

  /**
   * The frames most similar to a vector by an encoder, the most similar first.
   *
   * @param encoderId of this encoder only
   * @param vector {@code (D)}, of any nonzero length
   * @param origin the frame of the vector; null if it is not in the index
   * @throws IllegalArgumentException if the encoder is not known, or has another D
   */
  public List<Hit> nearest(
      long encoderId, float[] vector, @Nullable IndexedFrame origin, SearchFilter filter)
      throws IOException {
    IndexSearcher searcher = searchers.get(encoderId);
    if (searcher == null) {
      throw new IllegalArgumentException(
          "there is no embedding by the encoder " + EncoderId.hex(encoderId));
    }
    int all = Math.max(1, searcher.getIndexReader().maxDoc());
    int candidates = Math.max(LEAST_CANDIDATES, CANDIDATES * filter.count());
    while (true) {
      int wanted = Math.min(candidates, all);
      TopDocs found =
          searcher.search(
              new KnnFloatVectorQuery(FrameDocuments.VECTOR, vector, wanted, query(filter)),
              wanted);
      List<Hit> hits = apart(searcher, encoderId, found, origin, filter);
      if (hits.size() >= filter.count() || found.scoreDocs.length < wanted || wanted == all) {
        return hits;
      }
      candidates *= 4;
    }
  }

  private static @Nullable Query query(SearchFilter filter) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    if (filter.camera() != null) {
      query.add(new TermQuery(new Term(FrameDocuments.CAMERA, filter.camera())), Occur.FILTER);
    }
    if (filter.from() != null || filter.to() != null) {
      query.add(
          LongPoint.newRangeQuery(
              FrameDocuments.TIME,
              filter.from() == null ? Long.MIN_VALUE : filter.from().toEpochMilli(),
              filter.to() == null ? Long.MAX_VALUE : filter.to().toEpochMilli() - 1),
          Occur.FILTER);
    }
    BooleanQuery built = query.build();
    return built.clauses().isEmpty() ? null : built;
  }

  /** The most similar frame of each moment. */
  private static List<Hit> apart(
      IndexSearcher searcher,
      long encoderId,
      TopDocs found,
      @Nullable IndexedFrame origin,
      SearchFilter filter)
      throws IOException {
    List<Hit> hits = new ArrayList<>();
    for (ScoreDoc each : found.scoreDocs) {
      IndexedFrame frame = FrameDocuments.frame(searcher, each.doc, encoderId);
      boolean taken =
          origin != null && sameMoment(frame, origin, filter)
              || hits.stream().anyMatch(hit -> sameMoment(frame, hit.frame(), filter));
      if (!taken) {
        // Lucene's score of a cosine is (1 + cosine) / 2.
        hits.add(new Hit(frame, 2.0 * each.score - 1));
        if (hits.size() == filter.count()) {
          return hits;
        }
      }
    }
    return hits;
  }

  private static boolean sameMoment(IndexedFrame a, IndexedFrame b, SearchFilter filter) {
    return a.equals(b)
        || a.camera().equals(b.camera())
            && Math.abs(a.captureMillis() - b.captureMillis()) < filter.apart().toMillis();
  }

  @Override
  public void close() throws IOException {
    for (IndexSearcher each : searchers.values()) {
      each.getIndexReader().close();
    }
  }
}
