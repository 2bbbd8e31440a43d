package io.afterimage.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * A network camera that answers each request with one picture: picture i is plain gray of value
 * {@link TestVideo#gray}. It may want a login: /basic/ or /digest/ in the path says how.
 */
final class SnapshotServer implements AutoCloseable {
  static final String USER = "me@home";
  static final String PASSWORD = "p@ss/w:\u00f6 rd%#?";

  private final HttpServer server;
  private final AtomicInteger pictures = new AtomicInteger();

  /** The status of the next answers. */
  volatile int status = 200;

  private SnapshotServer(HttpServer server) {
    this.server = server;
  }

  static SnapshotServer start() throws IOException {
    SnapshotServer camera =
        new SnapshotServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    camera.server.createContext("/", camera::answer);
    camera.server.start();
    return camera;
  }

  /** Pictures that were sent. */
  int pictures() {
    return pictures.get();
  }

  String url(String login, String path) {
    return "http://%s127.0.0.1:%d%s".formatted(login, server.getAddress().getPort(), path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      int code = status != 200 ? status : isAllowed(exchange, path) ? 200 : 401;
      if (code != 200) {
        exchange.sendResponseHeaders(code, -1);
        return;
      }
      String format = path.endsWith("png") ? "png" : "jpeg";
      byte[] picture = picture(TestVideo.gray(pictures.getAndIncrement()), format);
      exchange.getResponseHeaders().add("Content-Type", "image/" + format);
      exchange.sendResponseHeaders(200, picture.length);
      exchange.getResponseBody().write(picture);
    }
  }

  private static boolean isAllowed(HttpExchange exchange, String path) throws IOException {
    String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (path.startsWith("/basic/")) {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"camera\"");
      byte[] login = (USER + ':' + PASSWORD).getBytes(StandardCharsets.UTF_8);
      return given.equals("Basic " + Base64.getEncoder().encodeToString(login));
    }
    if (path.startsWith("/digest/")) {
      exchange
          .getResponseHeaders()
          .add("WWW-Authenticate", "Digest realm=\"camera\", nonce=\"n0nce\", qop=\"auth\"");
      return field(given, "response").equals(digest(given));
    }
    return true;
  }

  /** RFC 7616 with MD5 and quality of protection "auth". */
  private static String digest(String given) {
    String user = md5(USER + ":camera:" + PASSWORD);
    String request = md5("GET:" + field(given, "uri"));
    return md5(
        String.join(
            ":", user, "n0nce", field(given, "nc"), field(given, "cnonce"), "auth", request));
  }

  private static String field(String header, String name) {
    Matcher field = Pattern.compile("\\b" + name + "=\"?([^\",]*)").matcher(header);
    return field.find() ? field.group(1) : "";
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] picture(int gray, String format) throws IOException {
    BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
    Graphics graphics = image.createGraphics();
    graphics.setColor(new Color(gray, gray, gray));
    graphics.fillRect(0, 0, 96, 64);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
