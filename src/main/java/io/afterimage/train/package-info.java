/** One training step: mini-batch in, report out; the learner's whole state in one place. */
@NullMarked
package io.afterimage.train;

import org.jspecify.annotations.NullMarked;
