package io.afterimage.lab.simulation;

/** The appearance of objects by class: procedural, or from a labeled image set. */
public interface ObjectArt {
  /** The number of classes. */
  int classes();

  /**
   * One object of a class. The same arguments give the same object.
   *
   * @param objectClass from 0 to {@link #classes()} - 1
   * @param objectSeed selects one of the class's objects
   */
  DrawnObject draw(int objectClass, long objectSeed);

  /** Whether a class looks the same at any angle; the others stay roughly upright. */
  boolean turnsFreely(int objectClass);
}
