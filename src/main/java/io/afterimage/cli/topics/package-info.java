/** Topics of a cluster as its scripts need them. */
@NullMarked
package io.afterimage.cli.topics;

import org.jspecify.annotations.NullMarked;
