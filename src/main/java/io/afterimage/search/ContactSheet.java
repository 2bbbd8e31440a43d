package io.afterimage.search;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** An image of captioned pictures side by side: the query first, then the frames found. */
public final class ContactSheet {
  /** Most pixels of a picture's side. */
  public static final int SIDE = 256;

  private static final int GAP = 12;
  private static final int LINE = 18;
  private static final int MOST_COLUMNS = 5;
  private static final Color PAPER = new Color(0xfafafa);
  private static final Color INK = new Color(0x1f2328);
  private static final Color FAINT = new Color(0x6e7781);
  private static final Color BLANK = new Color(0xe4e7eb);
  private static final Color QUERY = new Color(0x0969da);

  private ContactSheet() {}

  /**
   * One picture.
   *
   * @param image as JPEG or PNG, best at most {@link #SIDE} pixels a side; null if there is none
   * @param missing the reason why there is none
   * @param caption lines below it, the first in bold
   */
  public record Tile(byte @Nullable [] image, String missing, List<String> caption) {}

  /**
   * A sheet as an image file.
   *
   * @param query framed, in the first place
   * @param found in this order
   * @param format {@code png} or {@code jpg}
   */
  public static byte[] draw(Tile query, List<Tile> found, String format) throws IOException {
    int tiles = found.size() + 1;
    int columns = Math.min(MOST_COLUMNS, tiles);
    int rows = (tiles + columns - 1) / columns;
    int lines = query.caption().size();
    for (Tile each : found) {
      lines = Math.max(lines, each.caption().size());
    }
    int width = SIDE + GAP;
    int height = SIDE + lines * LINE + GAP + GAP / 2;
    BufferedImage sheet =
        new BufferedImage(columns * width + GAP, rows * height + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    try {
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      pen.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      pen.setColor(PAPER);
      pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
      for (int i = 0; i < tiles; i++) {
        Tile tile = i == 0 ? query : found.get(i - 1);
        draw(tile, i == 0, GAP + i % columns * width, GAP + i / columns * height, pen);
      }
    } finally {
      pen.dispose();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(sheet, format.toLowerCase(Locale.ROOT), out)) {
      throw new IllegalArgumentException("format must be png or jpg, but was " + format);
    }
    return out.toByteArray();
  }

  private static void draw(Tile tile, boolean isQuery, int x, int y, Graphics2D pen)
      throws IOException {
    pen.setColor(BLANK);
    pen.fillRect(x, y, SIDE, SIDE);
    BufferedImage picture =
        tile.image() == null ? null : ImageIO.read(new ByteArrayInputStream(tile.image()));
    if (picture == null) {
      pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      pen.setColor(FAINT);
      FontMetrics metrics = pen.getFontMetrics();
      pen.drawString(
          tile.missing(), x + (SIDE - metrics.stringWidth(tile.missing())) / 2, y + SIDE / 2);
    } else {
      double scale = (double) SIDE / Math.max(picture.getWidth(), picture.getHeight());
      int width = (int) Math.round(picture.getWidth() * scale);
      int height = (int) Math.round(picture.getHeight() * scale);
      pen.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION,
          scale > 2
              ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
              : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      pen.drawImage(picture, x + (SIDE - width) / 2, y + (SIDE - height) / 2, width, height, null);
    }
    if (isQuery) {
      pen.setColor(QUERY);
      for (int i = 0; i < 4; i++) {
        pen.drawRect(x - 1 - i, y - 1 - i, SIDE + 1 + 2 * i, SIDE + 1 + 2 * i);
      }
    }
    for (int i = 0; i < tile.caption().size(); i++) {
      pen.setFont(new Font(Font.SANS_SERIF, i == 0 ? Font.BOLD : Font.PLAIN, 13));
      pen.setColor(i == 0 ? INK : FAINT);
      pen.drawString(fitted(tile.caption().get(i), pen), x, y + SIDE + (i + 1) * LINE);
    }
  }

  /** Cuts a long camera name before it runs into the next picture. */
  private static String fitted(String text, Graphics2D pen) {
    FontMetrics metrics = pen.getFontMetrics();
    if (metrics.stringWidth(text) <= SIDE) {
      return text;
    }
    int length = text.length();
    while (length > 1 && metrics.stringWidth(text.substring(0, length) + "...") > SIDE) {
      length--;
    }
    return text.substring(0, length) + "...";
  }
}
