package io.afterimage.frame;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures for tests, encoded by the JDK rather than by what is under test. */
final class TestImages {
  private TestImages() {}

  /** Red grows to the right, green downwards, blue is constant: smooth, so that JPEG keeps it. */
  static BufferedImage gradient(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = Math.round(255f * x / Math.max(1, width - 1));
        int green = Math.round(255f * y / Math.max(1, height - 1));
        image.setRGB(x, y, red << 16 | green << 8 | 60);
      }
    }
    return image;
  }

  static byte[] png(BufferedImage image) {
    return encoded(image, "png", false);
  }

  static byte[] jpeg(BufferedImage image) {
    return encoded(image, "jpeg", false);
  }

  static byte[] progressiveJpeg(BufferedImage image) {
    return encoded(image, "jpeg", true);
  }

  static byte[] encoded(BufferedImage image, String format, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (progressive) {
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The JPEG with other dimensions in its frame header than its data have. */
  static byte[] withJpegDimensions(byte[] jpeg, int width, int height) {
    byte[] changed = jpeg.clone();
    for (int i = 2; i < jpeg.length; i++) {
      int marker = jpeg[i + 1] & 0xff;
      if (marker == 0xc0 || marker == 0xc2) {
        changed[i + 5] = (byte) (height >> 8);
        changed[i + 6] = (byte) height;
        changed[i + 7] = (byte) (width >> 8);
        changed[i + 8] = (byte) width;
        return changed;
      }
      i += 1 + ((jpeg[i + 2] & 0xff) << 8 | jpeg[i + 3] & 0xff);
    }
    throw new IllegalArgumentException("no frame header");
  }
}
