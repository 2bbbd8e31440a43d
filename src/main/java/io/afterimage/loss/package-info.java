/** The debiased contrastive loss: the equation and nothing else. */
@NullMarked
package io.afterimage.loss;

import org.jspecify.annotations.NullMarked;
