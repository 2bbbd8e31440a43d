package io.afterimage.train.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.afterimage.frame.Frame;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  private static final int SIZE = 16;
  private static final AugmentationSettings ALL =
      new AugmentationSettings(0.3, 0.5, 0.4, 0.4, 0.4, 0.1, 0.2, 0.5);

  @Test
  void augment_everythingOff_changesNothing() {
    byte[] view = noise(1);
    for (int group = 0; group < 20; group++) {
      assertThat(augment(AugmentationSettings.NONE, view, group)).isEqualTo(view);
    }
  }

  @Test
  void augment_sameDraw_isTheSameWhateverCameBefore() {
    byte[] view = noise(2);
    Augmenter used = new Augmenter(ALL, SIZE, 5);
    byte[] out = new byte[view.length];
    for (int group = 0; group < 50; group++) {
      used.augment(noise(group), 0, out, 0, 1, group, 1);
    }
    used.augment(view, 0, out, 0, 7, 3, 1);
    byte[] fresh = new byte[view.length];
    new Augmenter(ALL, SIZE, 5).augment(view, 0, fresh, 0, 7, 3, 1);
    assertThat(out).isEqualTo(fresh);
  }

  @Test
  void augment_otherSeedStepGroupOrView_isAnotherDraw() {
    byte[] view = noise(3);
    byte[][] outs = new byte[5][view.length];
    new Augmenter(ALL, SIZE, 5).augment(view, 0, outs[0], 0, 7, 3, 1);
    new Augmenter(ALL, SIZE, 6).augment(view, 0, outs[1], 0, 7, 3, 1);
    new Augmenter(ALL, SIZE, 5).augment(view, 0, outs[2], 0, 8, 3, 1);
    new Augmenter(ALL, SIZE, 5).augment(view, 0, outs[3], 0, 7, 4, 1);
    new Augmenter(ALL, SIZE, 5).augment(view, 0, outs[4], 0, 7, 3, 0);
    assertThat(Arrays.stream(outs).map(Arrays::hashCode).distinct()).hasSize(5);
  }

  @Test
  void augment_offsets_readsAndWritesOnlyTheView() {
    byte[] view = noise(4);
    byte[] both = new byte[2 * view.length];
    System.arraycopy(view, 0, both, view.length, view.length);
    byte[] out = new byte[2 * view.length + 3];
    Augmenter augmenter = new Augmenter(ALL, SIZE, 5);
    augmenter.augment(both, view.length, out, view.length, 0, 0, 0);
    byte[] alone = new byte[view.length];
    augmenter.augment(view, 0, alone, 0, 0, 0, 0);
    assertThat(Arrays.copyOfRange(out, view.length, 2 * view.length)).isEqualTo(alone);
    assertThat(Arrays.copyOf(out, view.length)).containsOnly(0);
    assertThat(Arrays.copyOfRange(out, 2 * view.length, out.length)).containsOnly(0);
    augmenter.augment(view, 0, view, 0, 0, 0, 0);
    assertThat(view).as("in place").isEqualTo(alone);
  }

  @Test
  void augment_flipAlways_mirrorsEveryRow() {
    byte[] view = noise(5);
    byte[] flipped = augment(new AugmentationSettings(1, 1, 0, 0, 0, 0, 0, 0), view, 0);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        for (int c = 0; c < 3; c++) {
          assertThat(flipped[at(x, y, c)]).isEqualTo(view[at(SIZE - 1 - x, y, c)]);
        }
      }
    }
  }

  @Test
  void augment_flipHalf_mirrorsAboutHalf() {
    byte[] view = noise(6);
    AugmentationSettings half = new AugmentationSettings(1, 0.5, 0, 0, 0, 0, 0, 0);
    int flips = 0;
    for (int group = 0; group < 1000; group++) {
      flips += Arrays.equals(augment(half, view, group), view) ? 0 : 1;
    }
    assertThat(flips).isBetween(420, 580);
  }

  @Test
  void augment_crop_keepsAnAffineRampAndItsRange() {
    AugmentationSettings crop = new AugmentationSettings(0.2, 0, 0, 0, 0, 0, 0, 0);
    byte[] ramp = new byte[Frame.bytes(SIZE)];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        ramp[at(x, y, 0)] = (byte) (x * 16);
        ramp[at(x, y, 1)] = (byte) (y * 16);
      }
    }
    double least = 1;
    for (int group = 0; group < 200; group++) {
      byte[] out = augment(crop, ramp, group);
      int width = value(out, SIZE - 2, 8, 0) - value(out, 1, 8, 0);
      int height = value(out, 8, SIZE - 2, 1) - value(out, 8, 1, 1);
      double area = width / (13 * 16.0) * (height / (13 * 16.0));
      assertThat(area).isBetween(0.17, 1.01);
      assertThat((double) width / height).isBetween(0.68, 1.45);
      least = Math.min(least, area);
      int middle = (value(out, 7, 8, 0) + value(out, 8, 8, 0)) / 2;
      assertThat(2 * middle).isCloseTo(value(out, 4, 8, 0) + value(out, 11, 8, 0), within(6));
    }
    assertThat(least).isLessThan(0.3);
  }

  @Test
  void augment_grayscaleAlways_givesLuma() {
    byte[] view = noise(7);
    byte[] gray = augment(new AugmentationSettings(1, 0, 0, 0, 0, 0, 1, 0), view, 0);
    for (int i = 0; i < gray.length; i += 3) {
      int luma =
          (int)
              Math.round(
                  0.299 * (view[i] & 0xFF)
                      + 0.587 * (view[i + 1] & 0xFF)
                      + 0.114 * (view[i + 2] & 0xFF));
      assertThat(gray[i] & 0xFF).isCloseTo(luma, within(1));
      assertThat(gray[i + 1]).isEqualTo(gray[i]);
      assertThat(gray[i + 2]).isEqualTo(gray[i]);
    }
  }

  @Test
  void augment_brightness_scalesAllColoursAlike() {
    byte[] view = filled(100, 50, 20);
    AugmentationSettings settings = new AugmentationSettings(1, 0, 0.5, 0, 0, 0, 0, 0);
    double least = 9;
    double most = 0;
    for (int group = 0; group < 200; group++) {
      byte[] out = augment(settings, view, group);
      double factor = (out[0] & 0xFF) / 100.0;
      assertThat((out[1] & 0xFF) / 50.0).isCloseTo(factor, within(0.02));
      least = Math.min(least, factor);
      most = Math.max(most, factor);
    }
    assertThat(least).isBetween(0.49, 0.56);
    assertThat(most).isBetween(1.44, 1.51);
  }

  @Test
  void augment_contrast_keepsTheMeanLuma() {
    byte[] view = new byte[Frame.bytes(SIZE)];
    for (int i = 0; i < view.length; i++) {
      view[i] = (byte) (i / 3 % 2 == 0 ? 80 : 160);
    }
    AugmentationSettings settings = new AugmentationSettings(1, 0, 0, 0.6, 0, 0, 0, 0);
    for (int group = 0; group < 50; group++) {
      byte[] out = augment(settings, view, group);
      assertThat((out[0] & 0xFF) + (out[3] & 0xFF)).isCloseTo(240, within(2));
    }
  }

  @Test
  void augment_saturationAndHue_keepLumaAndLeaveGrayAlone() {
    AugmentationSettings settings = new AugmentationSettings(1, 0, 0, 0, 0.3, 0.5, 0, 0);
    byte[] gray = filled(120, 120, 120);
    byte[] reddish = filled(140, 110, 110);
    int changed = 0;
    for (int group = 0; group < 50; group++) {
      assertThat(augment(settings, gray, group)).isEqualTo(gray);
      byte[] out = augment(settings, reddish, group);
      double luma = 0.299 * (out[0] & 0xFF) + 0.587 * (out[1] & 0xFF) + 0.114 * (out[2] & 0xFF);
      assertThat(luma).isCloseTo(0.299 * 140 + 0.701 * 110, within(1.0));
      changed += out[0] < out[1] ? 1 : 0;
    }
    assertThat(changed).as("red turned into green").isPositive();
  }

  @Test
  void augment_brightPicture_isCutOffAtWhite() {
    AugmentationSettings settings = new AugmentationSettings(1, 0, 1, 0, 0, 0, 0, 0);
    byte[] view = filled(250, 250, 250);
    boolean white = false;
    for (int group = 0; group < 20; group++) {
      byte[] out = augment(settings, view, group);
      white |= (out[0] & 0xFF) == 255;
      assertThat(out).containsOnly(out[0]);
    }
    assertThat(white).isTrue();
  }

  @Test
  void augment_blurAlways_spreadsAPointAndKeepsItsSum() {
    byte[] point = new byte[Frame.bytes(SIZE)];
    point[at(8, 8, 1)] = (byte) 255;
    AugmentationSettings settings = new AugmentationSettings(1, 0, 0, 0, 0, 0, 0, 1);
    boolean spread = false;
    for (int group = 0; group < 20; group++) {
      byte[] out = augment(settings, point, group);
      int sum = 0;
      for (byte value : out) {
        sum += value & 0xFF;
      }
      assertThat(sum).isCloseTo(255, within(12));
      assertThat(out[at(7, 8, 1)]).isEqualTo(out[at(9, 8, 1)]).isEqualTo(out[at(8, 7, 1)]);
      spread |= value(out, 8, 8, 1) < 250;
      assertThat(augment(settings, filled(9, 99, 199), group)).isEqualTo(filled(9, 99, 199));
    }
    assertThat(spread).isTrue();
  }

  @Test
  void settings_valueOutOfRange_namesOptionRuleAndValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AugmentationSettings(0, 0, 0, 0, 0, 0, 0, 0))
        .withMessage("cropMinArea must lie in (0, 1], but was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AugmentationSettings(1, 0, 0, 0, 0, 0.6, 0, 0))
        .withMessage("hue must lie in [0, 0.5], but was 0.6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AugmentationSettings(1, 0, Double.NaN, 0, 0, 0, 0, 0))
        .withMessage("brightness must lie in [0, 1.0], but was NaN");
  }

  private static byte[] augment(AugmentationSettings settings, byte[] view, int group) {
    byte[] out = new byte[view.length];
    new Augmenter(settings, SIZE, 11).augment(view, 0, out, 0, 1, group, 0);
    return out;
  }

  private static int at(int x, int y, int channel) {
    return (y * SIZE + x) * Frame.CHANNELS + channel;
  }

  private static int value(byte[] pixels, int x, int y, int channel) {
    return pixels[at(x, y, channel)] & 0xFF;
  }

  private static byte[] filled(int red, int green, int blue) {
    byte[] pixels = new byte[Frame.bytes(SIZE)];
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = (byte) red;
      pixels[i + 1] = (byte) green;
      pixels[i + 2] = (byte) blue;
    }
    return pixels;
  }

  private static byte[] noise(long seed) {
    byte[] pixels = new byte[Frame.bytes(SIZE)];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }
}
