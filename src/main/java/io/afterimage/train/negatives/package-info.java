/** Which negatives count how much: what a mini-batch knows beyond its similarities. */
@NullMarked
package io.afterimage.train.negatives;

import org.jspecify.annotations.NullMarked;
