package io.afterimage.lab.simulation;

/** The appearance of one object in its own coordinates, where it fits into the unit circle. */
public interface DrawnObject {
  /**
   * Colors one point.
   *
   * @param u to the right, in [-1.2, 1.2]
   * @param v down, in [-1.2, 1.2]
   * @param phase phase of the object's own movement (a step, a wag), in radians
   * @param pixel the width of one pixel in these coordinates, for smooth edges
   * @param rgb receives red, green, blue in [0, 1]; unchanged outside the object
   * @return how much of the pixel the object covers, in [0, 1]
   */
  float sample(float u, float v, float phase, float pixel, float[] rgb);
}
