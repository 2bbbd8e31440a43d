/** Simulated cameras: procedural scenes of known classes with motion, light and backgrounds. */
@NullMarked
package io.afterimage.simulation;

import org.jspecify.annotations.NullMarked;
