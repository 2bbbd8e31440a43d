package io.afterimage.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Answers to requests. */
final class Exchanges {
  static final String JSON = "application/json";

  private Exchanges() {}

  /** Headers of every answer: no loading from other sites, no framing, no content sniffing. */
  static void secure(HttpExchange exchange) {
    exchange
        .getResponseHeaders()
        .set(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
                + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
  }

  /**
   * Answers with a body.
   *
   * @param cacheControl how long the browser may keep it
   */
  static void answer(
      HttpExchange exchange, int status, String contentType, String cacheControl, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.getResponseHeaders().set("Cache-Control", cacheControl);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  static void json(HttpExchange exchange, Object value) throws IOException {
    answer(exchange, 200, JSON, "no-store", Json.bytes(value));
  }

  /** Answers with an error and its reason in plain text. */
  static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    answer(
        exchange,
        status,
        "text/plain; charset=utf-8",
        "no-store",
        (why + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The parameters of a request's address; the last of equal names counts. */
  static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      for (String part : query.split("&")) {
        int equals = part.indexOf('=');
        if (equals > 0) {
          parameters.put(
              part.substring(0, equals),
              URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return parameters;
  }
}
