package io.afterimage.lab.simulation;

/** One object's look in its own coordinates, where it fits into the unit circle. */
public interface DrawnObject {
  /**
   * Colours one point.
   *
   * @param u to the right, in [-1.2, 1.2]
   * @param v down, in [-1.2, 1.2]
   * @param phase how far the object is in its own movement (a step, a wag), in radians
   * @param pixel the width of one pixel in these coordinates, for smooth edges
   * @param rgb receives red, green, blue in [0, 1]; left as it is where the object is not
   * @return how much of the pixel the object covers, in [0, 1]
   */
  float sample(float u, float v, float phase, float pixel, float[] rgb);
}
