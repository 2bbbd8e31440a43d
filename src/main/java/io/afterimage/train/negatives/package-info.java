/** Strategies that reweight negatives by camera, time and similarity. */
@NullMarked
package io.afterimage.train.negatives;

import org.jspecify.annotations.NullMarked;
