package io.afterimage.lab.simulation;

import java.awt.image.BufferedImage;
import java.io.File;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Paints what the simulated cameras see, for a person to judge: {@code ContactSheet OUT.png
 * [CLASSES] [SEED]}. Upper half: each camera over time, with the class; lower half: held-out
 * scenes, a class a row.
 */
public final class ContactSheet {
  private static final int COLUMNS = 12;

  private ContactSheet() {}

  public static void main(String[] arguments) throws Exception {
    int classes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    Simulation simulation = Simulation.procedural(SimulationSettings.balanced(seed, 8, classes));
    int side = simulation.settings().width();
    int rows = 8 + classes;
    BufferedImage sheet =
        new BufferedImage(COLUMNS * (side + 2), rows * (side + 2), BufferedImage.TYPE_INT_RGB);
    for (int camera = 0; camera < 8; camera++) {
      for (int i = 0; i < COLUMNS; i++) {
        byte[] pixels = simulation.cameras().get(camera).render(1000L + i * 800L);
        put(sheet, pixels, side, i, camera);
      }
    }
    List<LabelledScene> scenes = simulation.heldOut(classes * COLUMNS, 0);
    for (int i = 0; i < scenes.size(); i++) {
      put(sheet, scenes.get(i).pixels(), side, i / classes, 8 + scenes.get(i).objectClass());
    }
    ImageIO.write(sheet, "png", new File(arguments[0]));
  }

  private static void put(BufferedImage sheet, byte[] pixels, int side, int column, int row) {
    for (int y = 0, i = 0; y < side; y++) {
      for (int x = 0; x < side; x++, i += 3) {
        int rgb = (pixels[i] & 255) << 16 | (pixels[i + 1] & 255) << 8 | pixels[i + 2] & 255;
        sheet.setRGB(column * (side + 2) + x, row * (side + 2) + y, rgb);
      }
    }
  }
}
