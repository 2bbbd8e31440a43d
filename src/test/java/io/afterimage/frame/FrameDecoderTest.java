package io.afterimage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final int SIZE = 32;
  private static final FrameDecoderSettings SETTINGS =
      new FrameDecoderSettings(SIZE, 1 << 20, 8, 4_000_000);

  private final FrameDecoder decoder = new FrameDecoder(SETTINGS);

  @AfterEach
  void closeDecoder() {
    decoder.close();
  }

  @ParameterizedTest
  @CsvSource({
    "32,32", "33,70", "64,64", "150,90", "320,240", "768,576", "90,400", "16,200", "12,9"
  })
  void decode_anyShape_squeezesTheWholePicture(int width, int height) throws Exception {
    BufferedImage gradient = TestImages.gradient(width, height);
    for (byte[] image :
        List.of(
            TestImages.png(gradient),
            TestImages.jpeg(gradient),
            TestImages.progressiveJpeg(gradient))) {
      byte[] pixels = decode(image).pixels();
      assertThat(pixels).hasSize(SIZE * SIZE * 3);
      int tolerance = 14 + 255 / Math.min(width, height);
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          int at = (y * SIZE + x) * 3;
          assertThat(pixels[at] & 0xff).isCloseTo(ramp(x), within(tolerance));
          assertThat(pixels[at + 1] & 0xff).isCloseTo(ramp(y), within(tolerance));
          assertThat(pixels[at + 2] & 0xff).isCloseTo(60, within(14));
        }
      }
    }
  }

  private static int ramp(int position) {
    return Math.round(255f * (position + 0.5f) / SIZE);
  }

  @Test
  void decode_ofSizeS_keepsEveryPixel() throws Exception {
    BufferedImage image = noise(SIZE, SIZE);
    byte[] pixels = decode(TestImages.png(image)).pixels();
    for (int i = 0; i < SIZE * SIZE; i++) {
      int rgb =
          (pixels[3 * i] & 0xff) << 16 | (pixels[3 * i + 1] & 0xff) << 8 | pixels[3 * i + 2] & 0xff;
      assertThat(rgb).isEqualTo(image.getRGB(i % SIZE, i / SIZE) & 0xffffff);
    }
  }

  @Test
  void decode_largerPng_averagesAreas() throws Exception {
    BufferedImage image = noise(3 * SIZE, 2 * SIZE);
    byte[] pixels = decode(TestImages.png(image)).pixels();
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int sum = 0;
        for (int i = 0; i < 6; i++) {
          sum += image.getRGB(3 * x + i % 3, 2 * y + i / 3) >> 16 & 0xff;
        }
        assertThat(pixels[(y * SIZE + x) * 3] & 0xff).isCloseTo((sum + 3) / 6, within(1));
      }
    }
  }

  @Test
  void decode_keepsCameraAndTime() throws Exception {
    byte[] image = TestImages.jpeg(TestImages.gradient(40, 40));
    Frame frame = decoder.decode(new EncodedFrame("gate", 1234, image, 5, 6));
    assertThat(frame.camera()).isEqualTo("gate");
    assertThat(frame.captureTimeMillis()).isEqualTo(1234);
    assertThat(frame.size()).isEqualTo(SIZE);
  }

  @Test
  void decode_sameBytes_givesSamePixels() throws Exception {
    List<byte[]> images = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      BufferedImage noise = noise(60 + 57 * i, 500 - 37 * i);
      images.add(i % 3 == 0 ? TestImages.png(noise) : TestImages.jpeg(noise));
    }
    List<byte[]> first = new ArrayList<>();
    for (byte[] image : images) {
      first.add(decode(image).pixels());
    }
    try (FrameDecoder other = new FrameDecoder(SETTINGS)) {
      for (int i = images.size() - 1; i >= 0; i--) {
        assertThat(decode(images.get(i)).pixels()).isEqualTo(first.get(i));
        assertThat(other.decode(encoded(images.get(i))).pixels()).isEqualTo(first.get(i));
      }
    }
  }

  @Test
  void decode_grayscale_repeatsTheChannel() throws Exception {
    BufferedImage gray = new BufferedImage(50, 40, BufferedImage.TYPE_BYTE_GRAY);
    gray.createGraphics().drawImage(TestImages.gradient(50, 40), 0, 0, null);
    byte[] pixels = decode(TestImages.png(gray)).pixels();
    for (int i = 0; i < pixels.length; i += 3) {
      assertThat(pixels[i]).isEqualTo(pixels[i + 1]).isEqualTo(pixels[i + 2]);
    }
  }

  @Test
  void decode_webp_isKnown() throws Exception {
    for (int width : new int[] {40, 321}) {
      byte[] pixels = decode(WebpImages.plain(width, 60)).pixels();
      assertThat(pixels[0] & 0xff).isCloseTo(200, within(6));
      assertThat(pixels[1] & 0xff).isCloseTo(100, within(6));
      assertThat(pixels[2] & 0xff).isCloseTo(50, within(6));
    }
  }

  @Test
  void decode_bytesAfterTheEnd_ignoresThem() throws Exception {
    byte[] image = TestImages.jpeg(TestImages.gradient(80, 60));
    byte[] padded = Arrays.copyOf(image, image.length + 100);
    assertThat(decode(padded).pixels()).isEqualTo(decode(image).pixels());
  }

  @Test
  void decode_empty_isRejected() {
    assertRejected(new byte[0], RejectionReason.EMPTY);
  }

  @Test
  void decode_tooManyBytes_isOversized() {
    assertRejected(new byte[SETTINGS.maxBytes() + 1], RejectionReason.OVERSIZED);
  }

  @Test
  void decode_noImage_isUndecodable() {
    byte[] garbage = new byte[5000];
    new Random(1).nextBytes(garbage);
    assertRejected(garbage, RejectionReason.UNDECODABLE);
    assertRejected(new byte[] {1}, RejectionReason.UNDECODABLE);
    assertRejected(new byte[] {(byte) 0xff, (byte) 0xd8}, RejectionReason.UNDECODABLE);
  }

  @Test
  void decode_truncatedAnywhere_isUndecodable() {
    BufferedImage image = noise(70, 50);
    for (byte[] whole :
        List.of(
            TestImages.png(image),
            TestImages.jpeg(image),
            TestImages.progressiveJpeg(image),
            WebpImages.plain(70, 50))) {
      for (int length = 1; length < whole.length; length += 1 + length / 40) {
        assertRejected(Arrays.copyOf(whole, length), RejectionReason.UNDECODABLE);
      }
      assertRejected(Arrays.copyOf(whole, whole.length - 1), RejectionReason.UNDECODABLE);
    }
  }

  @Test
  void decode_damagedPng_isUndecodable() {
    byte[] image = TestImages.png(noise(70, 50));
    for (int at = 0; at < image.length; at += 1 + image.length / 100) {
      image[at] ^= 1;
      assertRejected(image, RejectionReason.UNDECODABLE);
      image[at] ^= 1;
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,100", "100,7"})
  void decode_tooFewPixels_isTooSmall(int width, int height) {
    BufferedImage image = TestImages.gradient(width, height);
    assertRejected(TestImages.png(image), RejectionReason.TOO_SMALL);
    assertRejected(TestImages.jpeg(image), RejectionReason.TOO_SMALL);
  }

  @Test
  void decode_hundredMegapixels_isTooLarge() {
    byte[] jpeg = TestImages.jpeg(TestImages.gradient(40, 40));
    assertRejected(TestImages.withJpegDimensions(jpeg, 12_000, 9_000), RejectionReason.TOO_LARGE);
    assertRejected(
        TestImages.png(new BufferedImage(2001, 2000, BufferedImage.TYPE_BYTE_BINARY)),
        RejectionReason.TOO_LARGE);
  }

  @Test
  void decode_manyScans_isUndecodable() {
    byte[] jpeg = TestImages.progressiveJpeg(TestImages.gradient(40, 40));
    int scan = indexOfMarker(jpeg, 0xda);
    int scanBytes = jpeg.length - 2 - scan;
    byte[] repeated = Arrays.copyOf(jpeg, jpeg.length + 100 * scanBytes);
    for (int i = 1; i <= 100; i++) {
      System.arraycopy(jpeg, scan, repeated, scan + i * scanBytes, scanBytes);
    }
    repeated[repeated.length - 2] = (byte) 0xff;
    repeated[repeated.length - 1] = (byte) 0xd9;
    assertThatThrownBy(() -> decode(repeated)).hasMessageContaining("more than 64 scans");
  }

  private static int indexOfMarker(byte[] jpeg, int marker) {
    for (int i = 0; i < jpeg.length - 1; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker) {
        return i;
      }
    }
    throw new IllegalArgumentException("no such marker");
  }

  @Test
  void decode_afterRejections_isUnchanged() throws Exception {
    byte[] good = TestImages.jpeg(noise(200, 150));
    byte[] before = decode(good).pixels();
    assertRejected(new byte[] {0, 1, 2}, RejectionReason.UNDECODABLE);
    byte[] damaged = TestImages.png(noise(70, 50));
    damaged[damaged.length / 2] ^= 1;
    assertRejected(damaged, RejectionReason.UNDECODABLE);
    assertThat(decode(good).pixels()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void decode_randomDamage_givesAFrameOrARejection(long seed) {
    Random random = new Random(seed);
    List<byte[]> whole =
        List.of(
            TestImages.jpeg(noise(70, 50)),
            TestImages.progressiveJpeg(TestImages.gradient(90, 64)),
            TestImages.png(TestImages.gradient(70, 50)),
            WebpImages.plain(64, 64));
    for (int i = 0; i < 400; i++) {
      byte[] image = Fuzz.damaged(whole.get(i % whole.size()), random);
      try {
        assertThat(decode(image).pixels()).hasSize(SIZE * SIZE * 3);
      } catch (FrameRejectedException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
  }

  @Test
  void decode_closed_throws() {
    decoder.close();
    assertThatThrownBy(() -> decode(new byte[1])).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void settings_outOfRange_nameTheValue() {
    assertThatThrownBy(() -> new FrameDecoderSettings(0, 1, 1, 1))
        .hasMessage("frameSize must be >= 1, but was 0");
    assertThatThrownBy(() -> new FrameDecoderSettings(1, 1, 10, 99)).hasMessageContaining("99");
  }

  private Frame decode(byte[] image) throws FrameRejectedException {
    return decoder.decode(encoded(image));
  }

  private static EncodedFrame encoded(byte[] image) {
    return new EncodedFrame("camera", 0, image, 0, 0);
  }

  private void assertRejected(byte[] image, RejectionReason reason) {
    assertThatThrownBy(() -> decode(image))
        .isInstanceOfSatisfying(
            FrameRejectedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static BufferedImage noise(int width, int height) {
    Random random = new Random(width * 31L + height);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }
}
