package io.afterimage.cli.search;

import io.afterimage.cli.OutputDirectory;
import io.afterimage.search.EmbeddingIndex;
import io.afterimage.search.EmbeddingIndexer;
import io.afterimage.search.Hit;
import io.afterimage.search.IndexInUseException;
import io.afterimage.search.OtherTopicException;
import io.afterimage.search.kafka.EmbeddingTopic;
import io.afterimage.terminal.Escapes;
import io.afterimage.terminal.ProgressLine;
import io.afterimage.wire.EncoderId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
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
      "Finds frames in the cameras' past that are like an image, or like another frame: prints "
          + "camera, time and similarity, and draws a contact sheet.",
      "It brings its index up to date from the topic of embeddings first."
    },
    footer = {
      "",
      "Embeddings of different encoders cannot be compared: a search is among the frames that one "
          + "encoder embedded, and says how many others there are.",
      "",
      "  search.sh --like umbrella.jpg --snapshots DIRECTORY",
      "  search.sh --camera gate --at '2026-01-31 12:00:00' --of yard",
      "  search.sh --follow",
      "",
      "Exit code: 0 when all is well, 1 when something could not be read or nothing was found, 2 "
          + "when an option is wrong, 130 after Ctrl-C.",
    })
public final class SearchMain implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int WRONG = 2;
  private static final int INTERRUPTED = 130;
  private static final Duration END = Duration.ofSeconds(30);

  /** Held, because a logger that nobody holds forgets its level. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(heading = "%nWhat to look for:%n", exclusive = false, validate = false)
  private QueryArguments query = new QueryArguments();

  @ArgGroup(heading = "%nThe index:%n", exclusive = false, validate = false)
  private IndexArguments index = new IndexArguments();

  @ArgGroup(heading = "%nKafka:%n", exclusive = false, validate = false)
  private KafkaArguments kafka = new KafkaArguments();

  @Option(names = "--update", description = "Bring the index up to date, and look for nothing.")
  private boolean update;

  @Option(
      names = "--follow",
      description = "Keep the index up to date until Ctrl-C; searches go on beside it.")
  private boolean follow;

  @Option(names = "--list", description = "List the encoders and cameras in the index.")
  private boolean list;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      defaultValue = "search.png",
      description =
          "The contact sheet, .png or .jpg; replaced if it is there (default: ${DEFAULT-VALUE}).")
  private Path sheet = Path.of("");

  @Option(names = "--no-sheet", description = "Draw none.")
  private boolean noSheet;

  @Option(names = "--json", description = "Print one JSON object a frame instead of a table.")
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
    // The native libraries' threads need not be waited for.
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
        .setParameterExceptionHandler(
            (wrong, args) -> {
              err.println("search.sh: " + Escapes.shown(wrong.getMessage()));
              err.println("search.sh --help lists the options");
              return WRONG;
            })
        .setExecutionExceptionHandler(
            (failure, command, result) -> {
              if (failure instanceof IOException || failure instanceof KafkaException) {
                err.println("search.sh: " + Escapes.shown(failure.getMessage()));
                return FAILED;
              }
              throw new ExecutionException(command, "unexpected", failure);
            });
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

  /** Says what is wrong before anything begins. */
  private @Nullable Sheet checked() {
    try {
      index.check();
      query.check();
      int asked = (update ? 1 : 0) + (follow ? 1 : 0) + (list ? 1 : 0) + (query.isAsked() ? 1 : 0);
      if (asked != 1) {
        throw new IllegalArgumentException(
            asked == 0
                ? "say what to look for: --like IMAGE, or --camera NAME --at TIME"
                : "only one of --like, --camera, --list, --update and --follow can be done at once");
      }
      if (index.isStale() && (update || follow || index.isRebuild())) {
        throw new IllegalArgumentException(
            "--no-update leaves the index as it is, which --update, --follow and --rebuild do not");
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
      err().println("search.sh: " + e.getMessage() + "; what it has written so far is searched");
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
              + ": --index names another directory, --rebuild begins anew from what this topic holds",
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
              "search.sh: %,d records had left the topic before they were indexed%n",
              topic.missed());
    }
    if (topic.unreadable() > 0) {
      err()
          .printf(
              "search.sh: %,d records of the topic %s are no embeddings and were passed over%n",
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

  /** Work that ends early, but in order, when the person or the system says so. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  /** Whether the work was ended early. */
  private boolean untilInterrupted(Work work) throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              stop.set(true);
              try {
                ended.await(END.toSeconds(), TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "end-in-order");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      work.run();
    } finally {
      ended.countDown();
      if (!stop.get()) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
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
