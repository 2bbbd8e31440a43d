/**
 * What arrives: a source of pictures, an encoded frame, its decoded pixels, and the reasons why a
 * frame is refused.
 */
@NullMarked
package io.afterimage.frame;

import org.jspecify.annotations.NullMarked;
