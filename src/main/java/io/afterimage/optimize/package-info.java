/** Gradients to update. */
@NullMarked
package io.afterimage.optimize;

import org.jspecify.annotations.NullMarked;
