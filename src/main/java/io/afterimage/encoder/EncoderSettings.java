package io.afterimage.encoder;

/**
 * What an encoder is built from; two encoders can exchange weights if and only if these are equal.
 *
 * @param architecture {@code resnet-s}
 * @param width channels W of the first stage
 * @param depth residual blocks of each of the four stages
 * @param embeddingSize numbers D of an embedding
 * @param normalization how activations are normalised
 * @param frameSize height and width S of a frame (pixels)
 */
public record EncoderSettings(
    String architecture,
    int width,
    int depth,
    int embeddingSize,
    Normalization normalization,
    int frameSize) {}
