/** One training step: mini-batch in, report out; the learner's whole state in one place. */
@NullMarked
package io.afterimage.learn;

import org.jspecify.annotations.NullMarked;
