/** The command line of the search in the cameras' past. */
@NullMarked
package io.afterimage.job.search;

import org.jspecify.annotations.NullMarked;
