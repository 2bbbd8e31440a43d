/**
 * Random augmentation of each view: crop, flip, color, grayscale, blur. Plain Java, deterministic
 * for a seed.
 */
@NullMarked
package io.afterimage.train.augment;

import org.jspecify.annotations.NullMarked;
