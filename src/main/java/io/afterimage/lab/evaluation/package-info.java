/** Evaluation of encoders on labeled frames that they were not trained on. */
@NullMarked
package io.afterimage.lab.evaluation;

import org.jspecify.annotations.NullMarked;
