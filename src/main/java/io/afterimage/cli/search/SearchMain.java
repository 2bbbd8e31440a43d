package io.afterimage.cli.search;

import io.afterimage.cli.Durations;
import io.afterimage.cli.OutputDirectory;
import io.afterimage.search.EmbeddingIndex;
import io.afterimage.search.EmbeddingIndexer;
import io.afterimage.search.Hit;
import io.afterimage.search.IndexInUseException;
import io.afterimage.search.OtherTopicException;
import io.afterimage.search.kafka.EmbeddingTopic;
import io.afterimage.terminal.EndOnSignal;
import io.afterimage.terminal.ProgressLine;
import io.afterimage.terminal.ShortErrors;
import io.afterimage.terminal.ShortFailures;
import io.afterimage.wire.EncoderId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the search. */
@Command(
    name = "search.sh",
    sortOptions = false,
    usageHelpAutoWidth = true,
    separator = " ",
    description = {
      "Finds recorded frames that are similar to an image or to another frame: prints "
          + "camera, time and similarity, and draws a contact sheet.",
      "It first updates its index from the topic of embeddings."
    },
    footer = {
      "",
      "Embeddings of different encoders cannot be compared: a search covers the"
          + " frames that one encoder embedded, and shows how many others there are.",
      "",
      "  search.sh --like umbrella.jpg --snapshots DIRECTORY",
      "  search.sh --camera gate --at '2026-01-31 12:00:00' --of yard",
      "  search.sh --follow",
      "",
      "Exit code: 0 on success, 1 when something could not be read or nothing was found, 2 "
          + "when an option is wrong, 130 after Ctrl-C.",
    })
public final class SearchMain implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int INTERRUPTED = 130;
  private static final Duration END = Duration.ofSeconds(30);

  /** Referenced here, because an unreferenced logger is collected and loses its level. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(heading = "%nQuery:%n", exclusive = false, validate = false)
  private QueryArguments query = new QueryArguments();

  @ArgGroup(heading = "%nThe index:%n", exclusive = false, validate = false)
  private IndexArguments index = new IndexArguments();

  @ArgGroup(heading = "%nKafka:%n", exclusive = false, validate = false)
  private KafkaArguments kafka = new KafkaArguments();

  @Option(names = "--update", description = "Only update the index.")
  private boolean update;

  @Option(
      names = "--follow",
      description =
          "Keep updating the index until Ctrl-C; other searches can run at the same time.")
  private boolean follow;

  @Option(names = "--list", description = "List the encoders and cameras in the index.")
  private boolean list;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      defaultValue = "search.png",
      description =
          "The contact sheet, .png or .jpg; an existing file is replaced (default:"
              + " ${DEFAULT-VALUE}).")
  private Path sheet = Path.of("");

  @Option(names = "--no-sheet", description = "Draw none.")
  private boolean noSheet;

  @Option(names = "--json", description = "Print one JSON object per frame instead of a table.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  private final AtomicBoolean stop = new AtomicBoolean();

  private SearchMain() {}

  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int status = commandLine(out, err).execute(args);
    // Exits without waiting for threads of native libraries.
    if (status != INTERRUPTED) {
      System.exit(status);
    }
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    LUCENE.setLevel(Level.SEVERE);
    return new CommandLine(new SearchMain())
        .setOut(out)
        .setErr(err)
        .registerConverter(Instant.class, new Times())
        .registerConverter(Duration.class, new Durations())
        .setParameterExceptionHandler(new ShortErrors("search.sh"))
        .setExecutionExceptionHandler(
            new ShortFailures("search.sh", List.of(IOException.class, KafkaException.class)));
  }

  @Override
  public Integer call() throws IOException {
    Sheet drawn = checked();
    if (follow) {
      return follow();
    }
    if (!index.isStale()) {
      int status = update();
      if (status != 0) {
        return status;
      }
    }
    if (!list && !query.isAsked()) {
      return 0;
    }
    try (EmbeddingIndex read = EmbeddingIndex.open(index.directory())) {
      if (list) {
        Answer.encoders(read, out());
        return 0;
      }
      return search(read, drawn);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no index in " + index.directory(), e);
    }
  }

  /** Checks all arguments first. */
  private @Nullable Sheet checked() {
    try {
      index.check();
      query.check();
      int asked = (update ? 1 : 0) + (follow ? 1 : 0) + (list ? 1 : 0) + (query.isAsked() ? 1 : 0);
      if (asked != 1) {
        throw new IllegalArgumentException(
            asked == 0
                ? "a query is needed: --like IMAGE, or --camera NAME --at TIME"
                : "only one of --like, --camera, --list, --update and --follow can be given");
      }
      if (index.isStale() && (update || follow || index.isRebuild())) {
        throw new IllegalArgumentException(
            "--no-update cannot be combined with --update, --follow or --rebuild");
      }
      query.checkFiles();
      kafka.clients();
      Sheet drawn = noSheet || !query.isAsked() ? null : new Sheet(sheet);
      if (!index.isStale()) {
        OutputDirectory.make("--index", index.directory());
      }
      return drawn;
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int update() throws IOException {
    try (EmbeddingTopic topic = EmbeddingTopic.open(kafka.clients(), kafka.embeddings());
        EmbeddingIndexer indexer = open(topic)) {
      boolean interrupted =
          untilInterrupted(
              () -> {
                topic.update(indexer, progress(false), stop::get);
                report(topic, indexer, update);
              });
      return interrupted ? INTERRUPTED : 0;
    } catch (IndexInUseException e) {
      if (update) {
        throw e;
      }
      err().println("search.sh: " + e.getMessage() + "; searching what it has written so far");
      return 0;
    }
  }

  private int follow() throws IOException {
    try (EmbeddingTopic topic = EmbeddingTopic.open(kafka.clients(), kafka.embeddings());
        EmbeddingIndexer indexer = open(topic)) {
      err()
          .printf(
              "search.sh: %s follows the topic %s, until Ctrl-C%n",
              index.directory(), kafka.embeddings());
      untilInterrupted(
          () -> {
            topic.follow(indexer, progress(true), stop::get);
            report(topic, indexer, true);
          });
      return INTERRUPTED;
    }
  }

  private EmbeddingIndexer open(EmbeddingTopic topic) throws IOException {
    if (index.isRebuild()) {
      EmbeddingIndexer.delete(index.directory());
    }
    try {
      return EmbeddingIndexer.open(index.directory(), topic.id(), index.keep());
    } catch (OtherTopicException e) {
      throw new IOException(
          e.getMessage()
              + ": --index names another directory, --rebuild starts over from this topic",
          e);
    }
  }

  private EmbeddingTopic.Progress progress(boolean following) {
    ProgressLine line = ProgressLine.on(err());
    long start = System.nanoTime();
    return (added, left) -> {
      if (line.isDue()) {
        line.show(
            "%,d embeddings indexed, %,.0f/s, %,d to go"
                .formatted(added, added / ((System.nanoTime() - start) / 1e9), left));
      }
      if (left == 0 && !following) {
        line.clear();
      }
    };
  }

  private void report(EmbeddingTopic topic, EmbeddingIndexer indexer, boolean always) {
    if (always) {
      err()
          .printf(
              "search.sh: %,d embeddings added to %s, %,d read in all%n",
              topic.added(), index.directory(), indexer.read());
    }
    if (topic.missed() > 0) {
      err()
          .printf(
              "search.sh: %,d records were deleted from the topic before they were indexed%n",
              topic.missed());
    }
    if (topic.unreadable() > 0) {
      err()
          .printf(
              "search.sh: %,d records of the topic %s are not embeddings and were skipped%n",
              topic.unreadable(), kafka.embeddings());
    }
    if (indexer.zeros() > 0) {
      err()
          .printf(
              "search.sh: %,d embeddings have length zero and cannot be compared%n",
              indexer.zeros());
    }
  }

  private int search(EmbeddingIndex read, @Nullable Sheet drawn) throws IOException {
    if (read.frames() == 0) {
      throw new IOException(
          "there is no embedding in %s yet; the job publishes them to the topic %s"
              .formatted(index.directory(), kafka.embeddings()));
    }
    SearchQuery asked =
        query.like() != null
            ? Queries.image(read, query.like(), query.snapshots(), query.encoderId())
            : Queries.frame(read, query.camera(), query.at(), query.within(), query.encoderId());
    List<Hit> hits =
        read.nearest(asked.encoderId(), asked.vector(), asked.origin(), query.filter());
    if (json) {
      Answer.json(hits, out());
    } else {
      Answer.table(hits, out());
    }
    err().println(Answer.compared(read, asked.encoderId()));
    if (!read.encoders().isEmpty()
        && read.encoders().get(0).id() != asked.encoderId()
        && query.like() != null
        && query.encoderId() == null) {
      err()
          .println(
              "Newer encoders, %s the newest, have no snapshot in %s."
                  .formatted(EncoderId.hex(read.encoders().get(0).id()), query.snapshots()));
    }
    if (drawn != null) {
      drawn.write(asked, hits, kafka);
      err()
          .printf(
              "Contact sheet: %s (%d of %d pictures)%n", drawn.file(), drawn.shown(), hits.size());
      if (drawn.problem() != null) {
        err().println("search.sh: pictures could not be fetched: " + drawn.problem());
      }
    }
    return hits.isEmpty() ? FAILED : 0;
  }

  /** Work that a signal ends early, but in an orderly way. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  /** Runs work until it ends or is interrupted; returns whether it was ended early. */
  private boolean untilInterrupted(Work work) throws IOException {
    EndOnSignal end = EndOnSignal.asks(() -> stop.set(true), END);
    try {
      work.run();
    } finally {
      end.close();
    }
    return stop.get();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
