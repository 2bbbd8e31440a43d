package io.afterimage.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of the page: loaded once, served as it is. Only the files listed here are served; no path
 * leads to other files.
 *
 * @param contentType its media type
 * @param bytes its contents
 */
record StaticFile(String contentType, byte[] bytes) {
  private static final String OWN = "/io/afterimage/page/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String SVG = "image/svg+xml";

  /** All files by their URL path. */
  static Map<String, StaticFile> all() {
    Map<String, StaticFile> files = new TreeMap<>();
    files.put("/", load(OWN + "index.html", HTML));
    files.put("/icon.svg", load(OWN + "icon.svg", SVG));
    files.put("/page.css", load(OWN + "page.css", CSS));
    for (String script :
        List.of(
            "page",
            "cameras",
            "charts",
            "curves",
            "explorer",
            "format",
            "inspector",
            "layout",
            "map",
            "rejections",
            "tiles")) {
      files.put("/" + script + ".js", load(OWN + script + ".js", SCRIPT));
    }
    files.put("/vendor/uPlot.js", load(UPLOT + "uPlot.esm.js", SCRIPT));
    files.put("/vendor/uPlot.css", load(UPLOT + "uPlot.min.css", CSS));
    files.put("/vendor/umap.js", load(OWN + "vendor/umap-js-1.4.0.min.js", SCRIPT));
    return files;
  }

  private static StaticFile load(String resource, String contentType) {
    try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the page's file %s is missing".formatted(resource));
      }
      return new StaticFile(contentType, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the page's file %s".formatted(resource), e);
    }
  }
}
