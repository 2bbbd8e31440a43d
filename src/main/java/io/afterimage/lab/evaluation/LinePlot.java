package io.afterimage.lab.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A plot of some lines with error bars, as SVG.
 *
 * @param lines each in the order of x
 */
record LinePlot(String title, String xName, String yName, List<Line> lines) {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 60;
  private static final int RIGHT = 210;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final int TICKS = 5;
  // Okabe and Ito's palette, which is safe for color-blind readers.
  private static final String[] COLORS = {
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#CC79A7", "#0072B2", "#D55E00", "#999999"
  };

  /** One line. */
  record Line(String name, List<Point> points) {}

  /** A point and half the height of its error bar. */
  record Point(double x, double y, double half) {}

  private record Axis(double low, double high, double from, double to) {
    double at(double value) {
      return from + (value - low) / (high - low) * (to - from);
    }
  }

  String svg() {
    Axis x = axis(Point::x, Point::x, LEFT, (double) WIDTH - RIGHT);
    Axis y = axis(p -> p.y() - p.half(), p -> p.y() + p.half(), (double) HEIGHT - BOTTOM, TOP);
    StringBuilder svg =
        new StringBuilder(
            ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                    + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\""
                    + " height=\"100%%\" fill=\"white\"/>%n")
                .formatted(WIDTH, HEIGHT));
    text(svg, LEFT, TOP - 16, "start", title);
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", xName);
    text(svg, 8, TOP - 2, "start", yName);
    for (int tick = 0; tick <= TICKS; tick++) {
      double xValue = x.low() + (x.high() - x.low()) * tick / TICKS;
      double yValue = y.low() + (y.high() - y.low()) * tick / TICKS;
      stroke(svg, LEFT, y.at(yValue), WIDTH - RIGHT, y.at(yValue), "#dddddd", 1);
      text(svg, LEFT - 6, y.at(yValue) + 4, "end", number(yValue));
      text(svg, x.at(xValue), HEIGHT - BOTTOM + 18, "middle", number(xValue));
    }
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), i, x, y);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void draw(StringBuilder svg, Line line, int index, Axis x, Axis y) {
    String color = COLORS[index % COLORS.length];
    Point previous = null;
    for (Point point : line.points()) {
      double px = x.at(point.x());
      stroke(svg, px, y.at(point.y() - point.half()), px, y.at(point.y() + point.half()), color, 1);
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
              px,
              y.at(point.y()),
              color));
      if (previous != null) {
        stroke(svg, x.at(previous.x()), y.at(previous.y()), px, y.at(point.y()), color, 2);
      }
      previous = point;
    }
    double at = TOP + 16.0 * index;
    stroke(svg, WIDTH - RIGHT + 14, at, WIDTH - RIGHT + 34, at, color, 2);
    text(svg, WIDTH - RIGHT + 40, at + 4, "start", line.name());
  }

  private Axis axis(
      ToDoubleFunction<Point> low, ToDoubleFunction<Point> high, double from, double to) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (Point point : line.points()) {
        least = Math.min(least, low.applyAsDouble(point));
        most = Math.max(most, high.applyAsDouble(point));
      }
    }
    if (!(least < most)) {
      return new Axis(least - 1, least + 1, from, to);
    }
    return new Axis(least, most, from, to);
  }

  private static void stroke(
      StringBuilder svg, double x1, double y1, double x2, double y2, String color, int width) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\""
                + " stroke-width=\"%d\"/>%n",
            x1,
            y1,
            x2,
            y2,
            color,
            width));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String content) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            content.replace("&", "&amp;").replace("<", "&lt;")));
  }

  private static String number(double value) {
    return Math.abs(value) >= 10
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
