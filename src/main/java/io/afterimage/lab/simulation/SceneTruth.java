package io.afterimage.lab.simulation;

/**
 * The ground truth of a simulated frame. For the evaluation only: the job never receives it.
 *
 * @param objectClass the class of the object in view
 * @param visit number of the object's stay at its camera, from 0
 * @param progress how far the stay has gone, in [0, 1); near its ends the object is partly out of
 *     view
 */
public record SceneTruth(int objectClass, long visit, double progress) {}
