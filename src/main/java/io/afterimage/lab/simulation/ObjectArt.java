package io.afterimage.lab.simulation;

/** What objects of each class look like: drawn by rule, or taken from a labelled image set. */
public interface ObjectArt {
  /** The number of classes. */
  int classes();

  /**
   * One object of a class. The same arguments give the same object.
   *
   * @param objectClass from 0 to {@link #classes()} - 1
   * @param objectSeed which of the class's objects
   */
  DrawnObject draw(int objectClass, long objectSeed);

  /** Whether a class looks the same at any angle; the others stay roughly upright. */
  boolean turnsFreely(int objectClass);
}
