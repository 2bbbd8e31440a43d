/** The command line of the similarity search over recorded frames. */
@NullMarked
package io.afterimage.cli.search;

import org.jspecify.annotations.NullMarked;
