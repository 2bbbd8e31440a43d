package io.afterimage.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afterimage.search.ContactSheet.Tile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
  private static final List<String> CAPTION = List.of("0.987", "gate", "2026-01-31 12:00:00.000");

  @Test
  void draw_pictures_showsThemInOrder() throws IOException {
    BufferedImage sheet =
        sheet(picture(Color.RED, 256, 192), List.of(picture(Color.GREEN, 192, 256)), "png");

    assertThat(color(sheet, 12 + 128, 12 + 128)).isEqualTo(Color.RED);
    assertThat(color(sheet, 12 + 268 + 128, 12 + 128)).isEqualTo(Color.GREEN);
    // A portrait stands in the middle of its place.
    assertThat(color(sheet, 12 + 268 + 8, 12 + 128)).isNotEqualTo(Color.GREEN);
  }

  @Test
  void draw_smallPicture_isEnlarged() throws IOException {
    BufferedImage sheet = sheet(picture(Color.BLUE, 16, 16), List.of(), "png");
    assertThat(color(sheet, 12 + 250, 12 + 250)).isEqualTo(Color.BLUE);
  }

  @Test
  void draw_missingPicture_isBlankWithItsCaption() throws IOException {
    Tile gone = new Tile(null, "no longer in the topic", CAPTION);
    BufferedImage sheet = sheet(gone, List.of(gone), "png");

    assertThat(color(sheet, 12 + 268 + 10, 12 + 10)).isEqualTo(new Color(0xe4e7eb));
    assertThat(darkPixels(sheet, 12 + 268, 12 + 256, 256, 3 * 18)).isGreaterThan(100);
  }

  @Test
  void draw_manyOrLongNames_growsDownAndStaysInItsPlace() throws IOException {
    Tile named = new Tile(picture(Color.RED, 8, 8).image(), "", List.of("x".repeat(300)));
    BufferedImage sheet = sheet(named, Collections.nCopies(12, named), "png");

    assertThat(sheet.getWidth()).isEqualTo(5 * 268 + 12);
    assertThat(sheet.getHeight()).isBetween(3 * 256, 3 * 320);
    assertThat(darkPixels(sheet, 12 + 256 + 1, 12 + 256 + 6, 10, 12)).isZero();
  }

  @Test
  void draw_jpeg_isOne_andAnotherFormatIsRefused() throws IOException {
    assertThat(sheet(picture(Color.RED, 8, 8), List.of(), "jpg")).isNotNull();
    assertThatThrownBy(() -> sheet(picture(Color.RED, 8, 8), List.of(), "xyz"))
        .hasMessageContaining("xyz");
  }

  private static BufferedImage sheet(Tile query, List<Tile> found, String format)
      throws IOException {
    return ImageIO.read(new ByteArrayInputStream(ContactSheet.draw(query, found, format)));
  }

  /** As PNG, which keeps its colour; the sheet takes what Java reads. */
  private static Tile picture(Color color, int width, int height) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, color.getRGB());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return new Tile(bytes.toByteArray(), "", CAPTION);
  }

  private static Color color(BufferedImage image, int x, int y) {
    return new Color(image.getRGB(x, y));
  }

  private static int darkPixels(BufferedImage image, int x, int y, int width, int height) {
    int dark = 0;
    for (int i = x; i < x + width; i++) {
      for (int j = y; j < y + height; j++) {
        Color color = color(image, i, j);
        dark += color.getRed() + color.getGreen() + color.getBlue() < 450 ? 1 : 0;
      }
    }
    return dark;
  }
}
