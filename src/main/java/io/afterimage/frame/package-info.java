/** What arrives: an encoded frame, its decoded pixels, and the reasons why a frame is refused. */
@NullMarked
package io.afterimage.frame;

import org.jspecify.annotations.NullMarked;
