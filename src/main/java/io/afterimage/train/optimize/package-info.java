/** The optimizer. */
@NullMarked
package io.afterimage.train.optimize;

import org.jspecify.annotations.NullMarked;
