/**
 * The encoder, from pixels to embeddings, with gradients: layers over fixed-shape buffers on ND4J.
 */
@NullMarked
package io.afterimage.train.encoder;

import org.jspecify.annotations.NullMarked;
