package io.afterimage.gateway;

import com.sun.net.httpserver.HttpServer;
import io.afterimage.frame.JpegEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A network camera that streams motion JPEG over HTTP, and hangs up after some pictures. */
final class MjpegServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger clients = new AtomicInteger();

  private MjpegServer(HttpServer server) {
    this.server = server;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  static MjpegServer start(int port, int pictures) throws IOException {
    // Before there are clients: loading the encoder may take longer than they wait.
    List<byte[]> stream = jpegs(pictures);
    MjpegServer camera =
        new MjpegServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    camera.server.setExecutor(camera.threads);
    camera.server.createContext(
        "/",
        exchange -> {
          camera.clients.incrementAndGet();
          exchange
              .getResponseHeaders()
              .add("Content-Type", "multipart/x-mixed-replace;boundary=frame");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            for (byte[] jpeg : stream) {
              String head =
                  "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                      .formatted(jpeg.length);
              out.write(head.getBytes(StandardCharsets.US_ASCII));
              out.write(jpeg);
              out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
              out.flush();
            }
          }
        });
    camera.server.start();
    return camera;
  }

  private static List<byte[]> jpegs(int pictures) {
    List<byte[]> jpegs = new ArrayList<>();
    try (JpegEncoder encoder = new JpegEncoder(90)) {
      for (int i = 0; i < pictures; i++) {
        byte[] pixels = new byte[96 * 64 * 3];
        Arrays.fill(pixels, (byte) TestVideo.gray(i));
        jpegs.add(encoder.encode(pixels, 96, 64));
      }
    }
    return jpegs;
  }

  int clients() {
    return clients.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
