/** The command line of the search in the cameras' past. */
@NullMarked
package io.afterimage.cli.search;

import org.jspecify.annotations.NullMarked;
