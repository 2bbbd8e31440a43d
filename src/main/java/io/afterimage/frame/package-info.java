/** Sources of pictures, encoded and decoded frames, and the reasons why a frame is rejected. */
@NullMarked
package io.afterimage.frame;

import org.jspecify.annotations.NullMarked;
