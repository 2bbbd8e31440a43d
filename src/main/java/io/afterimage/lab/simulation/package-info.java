/**
 * Simulated cameras: procedural scenes of known classes with motion, light and backgrounds. Every
 * frame is a function of seed, camera and time, hence reproducible.
 */
@NullMarked
package io.afterimage.lab.simulation;

import org.jspecify.annotations.NullMarked;
