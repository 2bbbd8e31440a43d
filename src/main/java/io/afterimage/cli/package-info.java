/** The entry point of the deployed job. */
@NullMarked
package io.afterimage.cli;

import org.jspecify.annotations.NullMarked;
