/** Running estimators of the class prior, in plain doubles. */
@NullMarked
package io.afterimage.train.prior;

import org.jspecify.annotations.NullMarked;
