/** How good an encoder is, judged on labelled frames that it never learned from. */
@NullMarked
package io.afterimage.lab.evaluation;

import org.jspecify.annotations.NullMarked;
