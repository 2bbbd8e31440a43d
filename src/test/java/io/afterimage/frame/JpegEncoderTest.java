package io.afterimage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegEncoderTest {
  @Test
  void encode_thenReadByTheJdk_givesThePicture() throws Exception {
    byte[] pixels = rgb(TestImages.gradient(101, 57));
    byte[] before = pixels.clone();
    try (JpegEncoder encoder = new JpegEncoder(90)) {
      encoder.encode(rgb(TestImages.gradient(20, 20)), 20, 20);
      byte[] jpeg = encoder.encode(pixels, 101, 57);

      BufferedImage read = ImageIO.read(new ByteArrayInputStream(jpeg));
      assertThat(read.getWidth()).isEqualTo(101);
      assertThat(read.getHeight()).isEqualTo(57);
      byte[] after = rgb(read);
      for (int i = 0; i < pixels.length; i++) {
        assertThat(after[i] & 0xff).isCloseTo(pixels[i] & 0xff, within(16));
      }
      assertThat(pixels).isEqualTo(before);
    }
  }

  @Test
  void encode_lowerQuality_givesFewerBytes() {
    byte[] pixels = rgb(TestImages.gradient(64, 64));
    try (JpegEncoder good = new JpegEncoder(95);
        JpegEncoder poor = new JpegEncoder(20)) {
      assertThat(poor.encode(pixels, 64, 64)).hasSizeLessThan(good.encode(pixels, 64, 64).length);
    }
  }

  @Test
  void encode_wrongLength_throws() {
    try (JpegEncoder encoder = new JpegEncoder(90)) {
      assertThatThrownBy(() -> encoder.encode(new byte[10], 2, 2))
          .hasMessage("pixels must hold width * height * 3 = 12 bytes, but held 10");
    }
  }

  @Test
  void quality_outOfRange_throws() {
    assertThatThrownBy(() -> new JpegEncoder(0)).hasMessage("quality must be in 1..100, but was 0");
  }

  private static byte[] rgb(BufferedImage image) {
    byte[] pixels = new byte[image.getWidth() * image.getHeight() * 3];
    for (int i = 0; i < pixels.length / 3; i++) {
      int value = image.getRGB(i % image.getWidth(), i / image.getWidth());
      pixels[3 * i] = (byte) (value >> 16);
      pixels[3 * i + 1] = (byte) (value >> 8);
      pixels[3 * i + 2] = (byte) value;
    }
    return pixels;
  }
}
