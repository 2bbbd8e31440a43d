package io.afterimage.frame;

import java.util.Set;

/**
 * Limits on the images that are accepted as frames, and the size that they are decoded to. The
 * limits are checked before decoding, which bounds the memory and the time that one record can
 * take.
 *
 * @param frameSize height and width S of every decoded frame (pixels)
 * @param maxBytes most bytes of an encoded image
 * @param minSide least width and height of an encoded image (pixels)
 * @param maxPixels most pixels (width times height) of an encoded image
 * @param formats which formats are accepted; some of {@link ImageFormat#DECODABLE}
 */
public record FrameDecoderSettings(
    int frameSize, int maxBytes, int minSide, long maxPixels, Set<ImageFormat> formats) {
  public FrameDecoderSettings {
    formats = Set.copyOf(formats);
    if (formats.isEmpty() || !ImageFormat.DECODABLE.containsAll(formats)) {
      throw new IllegalArgumentException(
          "formats must be some of %s, but were %s"
              .formatted(ImageFormat.titles(ImageFormat.DECODABLE), ImageFormat.titles(formats)));
    }
    atLeastOne("frameSize", frameSize);
    atLeastOne("maxBytes", maxBytes);
    atLeastOne("minSide", minSide);
    atLeastOne("maxPixels", maxPixels);
    if ((long) minSide * minSide > maxPixels) {
      throw new IllegalArgumentException(
          "maxPixels must be >= minSide * minSide, or no image is ever taken, but was %d for %d"
              .formatted(maxPixels, minSide));
    }
  }

  /** Settings that accept every format that can be decoded. */
  public FrameDecoderSettings(int frameSize, int maxBytes, int minSide, long maxPixels) {
    this(frameSize, maxBytes, minSide, maxPixels, ImageFormat.DECODABLE);
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, but was " + value);
    }
  }
}
