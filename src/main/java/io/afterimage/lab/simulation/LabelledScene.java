package io.afterimage.lab.simulation;

/**
 * One picture of an object whose class is known.
 *
 * @param objectClass the object's class, from 0
 * @param width width (pixels)
 * @param height height (pixels)
 * @param pixels {@code (height, width, 3)} row-major, red-green-blue, unsigned bytes; owned by this
 *     record, not to be written to
 */
public record LabelledScene(int objectClass, int width, int height, byte[] pixels) {}
