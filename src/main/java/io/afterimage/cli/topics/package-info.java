/** Commands on a cluster's topics, for its scripts. */
@NullMarked
package io.afterimage.cli.topics;

import org.jspecify.annotations.NullMarked;
