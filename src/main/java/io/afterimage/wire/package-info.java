/** What the job says of a frame: its embedding, and the form in which it is published. */
@NullMarked
package io.afterimage.wire;

import org.jspecify.annotations.NullMarked;
