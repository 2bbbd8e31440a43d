/** The entry point of the deployed job. */
@NullMarked
package io.afterimage.job;

import org.jspecify.annotations.NullMarked;
