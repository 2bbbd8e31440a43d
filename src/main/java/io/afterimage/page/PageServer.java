package io.afterimage.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.afterimage.wire.EncoderId;
import io.afterimage.wire.FrameRef;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the web page that shows a running job.
 *
 * <pre>{@code
 * try (PageServer page = PageServer.start(settings, RunKnowledge.NONE, out)) {
 *   System.out.println("Page     " + page.address());
 * }
 * }</pre>
 *
 * <p>The server only reads. It listens on the configured address, by default on the local machine
 * only.
 */
public final class PageServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
  private static final int MOST_REQUESTS = 64;
  private static final int MOST_NEIGHBOURS = 50;
  private static final Pattern FRAME = Pattern.compile("/api/frames/(\\d{1,9})/(\\d{1,18})\\.jpg");
  private static final String KEEP_AN_HOUR = "private, max-age=3600";
  private static final Set<String> NAMES_OF_THIS_MACHINE =
      Set.of("localhost", "127.0.0.1", "[::1]");

  private final HttpServer server;
  private final ExecutorService threads;
  private final Watch watch;
  private final EventStream events;
  private final Map<String, StaticFile> files = StaticFile.all();
  private final boolean onlyThisMachine;

  static {
    // Otherwise each small answer on a kept connection waits for the client's delayed
    // acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private PageServer(HttpServer server, Watch watch, boolean onlyThisMachine) {
    this.server = server;
    this.watch = watch;
    this.onlyThisMachine = onlyThisMachine;
    this.events = new EventStream(watch);
    this.threads =
        new ThreadPoolExecutor(
            0,
            MOST_REQUESTS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "page-http");
              thread.setDaemon(true);
              return thread;
            },
            // Excess requests are dropped instead of getting a thread.
            new ThreadPoolExecutor.AbortPolicy());
  }

  /**
   * Starts to read and to serve. Missing brokers and topics are waited for.
   *
   * @param knowledge facts about the run that the topics do not hold
   * @param out receives the message that no broker answers
   * @throws IOException if the port is taken or the address is not this machine's
   * @throws org.apache.kafka.common.KafkaException if Kafka's address or a property is wrong
   */
  public static PageServer start(PageSettings settings, RunKnowledge knowledge, PrintWriter out)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    if (address.isUnresolved()) {
      throw new IOException("there is no host " + settings.host());
    }
    HttpServer server = HttpServer.create(address, 0);
    Watch watch;
    try {
      watch = new Watch(settings, knowledge, out);
    } catch (RuntimeException e) {
      server.stop(0);
      throw e;
    }
    PageServer page = new PageServer(server, watch, address.getAddress().isLoopbackAddress());
    server.setExecutor(page.threads);
    server.createContext("/", page::handle);
    watch.start();
    server.start();
    return page;
  }

  /** As {@link #start}, but if the port is taken, on any free port, with a message. */
  public static PageServer startNear(PageSettings settings, RunKnowledge knowledge, PrintWriter out)
      throws IOException {
    try {
      return start(settings, knowledge, out);
    } catch (BindException e) {
      PageServer page = start(settings.withPort(0), knowledge, out);
      out.printf(
          "Port %d of %s is not available (%s); the page uses a free one.%n",
          settings.port(), settings.host(), e.getMessage());
      return page;
    }
  }

  /** The page's address for a browser. */
  public String address() {
    InetAddress host = server.getAddress().getAddress();
    String name =
        host.isAnyLocalAddress() || host.isLoopbackAddress() ? "localhost" : host.getHostAddress();
    return "http://%s:%d/".formatted(name, server.getAddress().getPort());
  }

  /** Stops serving and reading. */
  @Override
  public void close() {
    events.close();
    server.stop(0);
    threads.shutdownNow();
    watch.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    // Closed after the catch blocks, which still answer on the exchange.
    try (exchange) {
      answerOrRefuse(exchange);
    } catch (RuntimeException e) {
      LOG.warn("The request {} failed", exchange.getRequestURI(), e);
      throw e;
    }
  }

  private void answerOrRefuse(HttpExchange exchange) throws IOException {
    try {
      Exchanges.secure(exchange);
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        Exchanges.refuse(exchange, 405, "only GET is supported, not " + method);
      } else if (!isForThisServer(exchange)) {
        Exchanges.refuse(exchange, 421, "this is not the host that was asked for");
      } else {
        answer(exchange, exchange.getRequestURI().getPath());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalArgumentException e) {
      LOG.debug("A wrong request {}", exchange.getRequestURI(), e);
      Exchanges.refuse(exchange, 400, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Protects against DNS rebinding: another site can let its own name point at this machine and
   * have a browser here fetch pictures for it, but its requests cannot carry this machine's name.
   */
  private boolean isForThisServer(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return !onlyThisMachine
        || host != null && NAMES_OF_THIS_MACHINE.contains(host.replaceFirst(":\\d+$", ""));
  }

  private void answer(HttpExchange exchange, @Nullable String path)
      throws IOException, InterruptedException {
    StaticFile file = files.get(String.valueOf(path));
    if (file != null) {
      Exchanges.answer(exchange, 200, file.contentType(), "no-cache", file.bytes());
      return;
    }
    switch (String.valueOf(path)) {
      case "/api/events" -> events.serve(exchange);
      case "/api/state" -> Exchanges.json(exchange, watch.state());
      case "/api/points" -> Exchanges.json(exchange, watch.points(-1, 0));
      case "/api/cameras" ->
          Exchanges.json(
              exchange, watch.cameras(Exchanges.query(exchange).getOrDefault("search", "")));
      case "/api/map" -> answerMap(exchange);
      case "/api/neighbours" -> answerNeighbours(exchange);
      default -> answerFrame(exchange, String.valueOf(path));
    }
  }

  private void answerMap(HttpExchange exchange) throws IOException {
    Map<String, String> query = Exchanges.query(exchange);
    EmbeddingMap map = watch.map(EncoderId.parse(query.getOrDefault("encoder", "")));
    if (map == null) {
      Exchanges.refuse(exchange, 404, "nothing is known of the encoder");
    } else {
      Exchanges.json(exchange, map);
    }
  }

  private void answerNeighbours(HttpExchange exchange) throws IOException {
    Map<String, String> query = Exchanges.query(exchange);
    long encoder = EncoderId.parse(query.getOrDefault("encoder", ""));
    FrameRef frame =
        frame(query, query.getOrDefault("partition", ""), query.getOrDefault("offset", ""));
    int count = Math.min(MOST_NEIGHBOURS, Integer.parseInt(query.getOrDefault("count", "8")));
    boolean apart = !"false".equals(query.get("apart"));
    NeighbourList neighbours =
        "untrained".equals(query.get("by"))
            ? watch.untrainedNeighbours(encoder, frame, count, apart)
            : watch.neighbours(encoder, frame, count, apart);
    if (neighbours == null) {
      Exchanges.refuse(exchange, 404, "the frame is no longer in memory");
    } else {
      Exchanges.json(exchange, neighbours);
    }
  }

  private void answerFrame(HttpExchange exchange, String path) throws IOException {
    Matcher place = FRAME.matcher(path);
    byte[] jpeg =
        place.matches()
            ? watch.thumbnail(frame(Exchanges.query(exchange), place.group(1), place.group(2)))
            : null;
    if (jpeg == null) {
      Exchanges.refuse(exchange, 404, "there is no " + path);
    } else {
      Exchanges.answer(exchange, 200, "image/jpeg", KEEP_AN_HOUR, jpeg);
    }
  }

  /** Camera and time are required as well, to never show another frame than the requested one. */
  private static FrameRef frame(Map<String, String> query, String partition, String offset) {
    return new FrameRef(
        query.getOrDefault("camera", ""),
        Long.parseLong(query.getOrDefault("millis", "")),
        Integer.parseInt(partition),
        Long.parseLong(offset));
  }
}
