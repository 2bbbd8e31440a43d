/** The debiased contrastive loss: the equation and nothing else. */
@NullMarked
package io.afterimage.train.loss;

import org.jspecify.annotations.NullMarked;
