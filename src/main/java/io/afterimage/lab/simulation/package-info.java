/**
 * Simulated cameras: procedural scenes of known classes with motion, light and backgrounds. Every
 * frame is a function of seed, camera and time, so that any of them can be made again.
 */
@NullMarked
package io.afterimage.lab.simulation;

import org.jspecify.annotations.NullMarked;
