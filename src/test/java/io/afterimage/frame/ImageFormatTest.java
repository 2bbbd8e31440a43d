package io.afterimage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which images are accepted, and what becomes of those that are not. */
class ImageFormatTest {
  private static final int SIZE = 32;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BMP | BM\\x46\\x30\\x00\\x00\\x00\\x00\\x00\\x00\\x36\\x00\\x00\\x00\\x28\\x00\\x00\\x00",
        "TIFF | II*\\x00\\x08\\x00\\x00\\x00",
        "TIFF | MM\\x00*\\x00\\x00\\x00\\x08",
        "TIFF | II+\\x00\\x08\\x00\\x00\\x00",
        "GIF | GIF89a\\x01\\x00\\x01\\x00",
        "GIF | GIF87a\\x01\\x00\\x01\\x00",
        "JPEG_2000 | \\x00\\x00\\x00\\x0cjP  \\x0d\\x0a\\x87\\x0a",
        "JPEG_2000 | \\xff\\x4f\\xff\\x51\\x00\\x29",
        "JPEG_XL | \\x00\\x00\\x00\\x0cJXL \\x0d\\x0a\\x87\\x0a",
        "AVIF | \\x00\\x00\\x00\\x20ftypavif\\x00\\x00\\x00\\x00avifmif1miafMA1B",
        "AVIF | \\x00\\x00\\x00\\x1cftypmif1\\x00\\x00\\x00\\x00mif1avifmiaf",
        "HEIC | \\x00\\x00\\x00\\x18ftypheic\\x00\\x00\\x00\\x00mif1heic",
        "HEIC | \\x00\\x00\\x00\\x18ftypmif1\\x00\\x00\\x00\\x00mif1heic"
      })
  void decode_knownFormatThatIsNotDecoded_isUnsupported(ImageFormat format, String start) {
    byte[] image = Arrays.copyOf(bytes(start), 5_000);

    assertRejected(image, ImageFormat.DECODABLE, RejectionReason.UNSUPPORTED_FORMAT)
        .hasMessage(format + " image, accepted are JPEG, PNG, WebP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BM",
        "BM and so on, as a text begins",
        "RIFF\\x24\\x00\\x00\\x00WAVEfmt ",
        "\\x00\\x00\\x00\\x18ftypisom\\x00\\x00\\x00\\x00isommp42",
        "\\xff\\xd9",
        "<svg",
        "\\x89PNX"
      })
  void decode_noKnownFormat_isUndecodable(String start) {
    assertRejected(bytes(start), ImageFormat.DECODABLE, RejectionReason.UNDECODABLE);
  }

  @Test
  void decode_formatThatTheListLeavesOut_isUnsupported() throws Exception {
    byte[] webp = WebpImages.plain(40, 40);
    Set<ImageFormat> standard = ImageFormat.list("jpeg, png").orElseThrow();

    assertRejected(webp, standard, RejectionReason.UNSUPPORTED_FORMAT)
        .hasMessage("WebP image, accepted are JPEG, PNG");
    assertThat(decode(webp, EnumSet.of(ImageFormat.WEBP)).pixels()).hasSize(SIZE * SIZE * 3);
    assertRejected(
        TestImages.jpeg(TestImages.gradient(40, 40)),
        EnumSet.of(ImageFormat.PNG),
        RejectionReason.UNSUPPORTED_FORMAT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "jpeg,", "jpeg;png", "jpg", "JPEG", "bmp", "jpeg, gif"})
  void list_ofWhatCannotBeDecoded_isEmpty(String names) {
    assertThat(ImageFormat.list(names)).isEmpty();
  }

  @Test
  void list_ofFormats_isTheirSet() {
    assertThat(ImageFormat.list(" webp,jpeg , jpeg"))
        .contains(EnumSet.of(ImageFormat.JPEG, ImageFormat.WEBP));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"
  })
  void decode_webpWithAnOrientation_turnsIt(int orientation, int right, int down) throws Exception {
    int width = 64;
    int height = 48;
    byte[] plain;
    // White in its upper left quarter.
    try (Scalar black = new Scalar(0, 0, 0, 0);
        Scalar white = new Scalar(255, 255, 255, 0);
        Mat picture = new Mat(height, width, opencv_core.CV_8UC3, black);
        Rect quarter = new Rect(0, 0, width / 2, height / 2);
        Mat corner = new Mat(picture, quarter)) {
      corner.put(white);
      plain = WebpImages.encoded(picture);
    }
    byte[] image =
        WebpImages.extended(
            plain, WebpImages.WITH_EXIF, width, height, WebpImages.exif(orientation));

    byte[] pixels = decode(image, ImageFormat.DECODABLE).pixels();
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 2; x++) {
        int at = ((y * SIZE / 2 + SIZE / 4) * SIZE + x * SIZE / 2 + SIZE / 4) * 3;
        assertThat(pixels[at] & 0xff)
            .as("quarter %d, %d", x, y)
            .isCloseTo(x == right && y == down ? 255 : 0, within(8));
      }
    }
  }

  static List<HostileImages.Hostile> hostile() {
    return HostileImages.all();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void decode_hostile_isRejectedOrDecoded(HostileImages.Hostile hostile) throws Exception {
    byte[] good = TestImages.jpeg(TestImages.gradient(80, 60));
    try (FrameDecoder decoder =
            new FrameDecoder(new FrameDecoderSettings(SIZE, 1 << 20, 16, 50_000_000));
        ThumbnailEncoder thumbnails = new ThumbnailEncoder(64, 50_000_000)) {
      byte[] before = decoder.decode(encoded(good)).pixels();
      RejectionReason reason = null;
      try {
        decoder.decode(encoded(hostile.image()));
      } catch (FrameRejectedException e) {
        reason = e.reason();
      }
      if (hostile.reason() != null) {
        assertThat(reason).isEqualTo(hostile.reason());
        assertThatThrownBy(() -> thumbnails.encode(hostile.image()))
            .isInstanceOf(FrameRejectedException.class);
      }
      assertThat(decoder.decode(encoded(good)).pixels()).isEqualTo(before);
    }
  }

  private static AbstractThrowableAssert<?, ?> assertRejected(
      byte[] image, Set<ImageFormat> formats, RejectionReason reason) {
    return assertThatThrownBy(() -> decode(image, formats))
        .isInstanceOfSatisfying(
            FrameRejectedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Frame decode(byte[] image, Set<ImageFormat> formats)
      throws FrameRejectedException {
    try (FrameDecoder decoder =
        new FrameDecoder(new FrameDecoderSettings(SIZE, 1 << 20, 16, 50_000_000, formats))) {
      return decoder.decode(encoded(image));
    }
  }

  private static EncodedFrame encoded(byte[] image) {
    return new EncodedFrame("camera", 0, image, 0, 0);
  }

  /** The bytes of a text in which \xNN is one. */
  private static byte[] bytes(String text) {
    StringBuilder characters = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\x", i)) {
        characters.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        characters.append(text.charAt(i));
      }
    }
    return characters.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
