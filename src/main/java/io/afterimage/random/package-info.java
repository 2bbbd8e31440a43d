/** Random draws whose whole state is one number, so that a checkpoint can carry it. */
@NullMarked
package io.afterimage.random;

import org.jspecify.annotations.NullMarked;
