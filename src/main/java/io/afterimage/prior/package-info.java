/** The running estimates of the class prior, in plain doubles. */
@NullMarked
package io.afterimage.prior;

import org.jspecify.annotations.NullMarked;
