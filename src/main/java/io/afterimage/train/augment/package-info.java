/**
 * Each view's own random change: crop, flip, colour, grayscale, blur. Plain Java, deterministic for
 * a seed.
 */
@NullMarked
package io.afterimage.train.augment;

import org.jspecify.annotations.NullMarked;
