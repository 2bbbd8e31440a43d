package io.afterimage.train.encoder;

/**
 * The settings of an encoder; two encoders can exchange weights if and only if their settings are
 * equal.
 *
 * @param architecture {@code resnet-s}
 * @param width channels W of the first stage
 * @param depth residual blocks of each of the four stages
 * @param embeddingSize dimension D of an embedding
 * @param normalization normalization of activations
 * @param frameSize height and width S of a frame (pixels)
 */
public record EncoderSettings(
    String architecture,
    int width,
    int depth,
    int embeddingSize,
    Normalization normalization,
    int frameSize) {
  public EncoderSettings {
    if (!architecture.equals(ResNetS.NAME)) {
      throw new IllegalArgumentException(
          "architecture must be %s, but was %s".formatted(ResNetS.NAME, architecture));
    }
    if (width < 8 || width % 8 != 0) {
      throw new IllegalArgumentException(
          "width must be a positive multiple of 8, but was " + width);
    }
    require("depth", depth, 1);
    require("embeddingSize", embeddingSize, 1);
    require("frameSize", frameSize, 8);
  }

  private static void require(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be >= %d, but was %d".formatted(name, least, value));
    }
  }
}
