/**
 * The learner: it takes mini-batches and returns a report for each step; its whole state is in one
 * place.
 */
@NullMarked
package io.afterimage.train;

import org.jspecify.annotations.NullMarked;
