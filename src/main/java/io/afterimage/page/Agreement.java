package io.afterimage.page;

import io.afterimage.wire.FrameEmbedding;
import java.util.List;
import java.util.OptionalInt;

/**
 * The agreement of frames with their nearest neighbors by one encoder, neighbors of the same moment
 * excluded: an encoder that attends to backgrounds finds neighbors of the same camera, one that
 * attends to objects finds the same class across cameras.
 *
 * @param step the last step that the encoder learned from
 * @param frames number of frames compared
 * @param sameCamera share of neighbors of the same camera
 * @param cameraByChance expected share of the same camera among random neighbors
 * @param sameClass share of neighbors of the same class, among those whose class is known; NaN if
 *     none is
 * @param classByChance expected share of the same class among random neighbors
 */
record Agreement(
    long step,
    int frames,
    double sameCamera,
    double cameraByChance,
    double sameClass,
    double classByChance) {
  private static final int NEIGHBOURS = 5;

  /** Computes the agreement for frames of one encoder. */
  static Agreement of(List<FrameEmbedding> frames, RunKnowledge knowledge) {
    List<float[]> vectors = frames.stream().map(FrameEmbedding::vector).toList();
    int[] classes = new int[frames.size()];
    for (int i = 0; i < classes.length; i++) {
      OptionalInt known =
          knowledge.objectClass(frames.get(i).camera(), frames.get(i).captureMillis());
      classes[i] = known.orElse(-1);
    }
    Tally near = new Tally();
    Tally chance = new Tally();
    for (int i = 0; i < frames.size(); i++) {
      for (Neighbours.Neighbour neighbour :
          Neighbours.nearest(vectors, frames, i, NEIGHBOURS, true)) {
        near.count(frames, classes, i, neighbour.index());
      }
      for (int j = 0; j < frames.size(); j++) {
        if (i != j && !Neighbours.sameMoment(frames.get(i), frames.get(j))) {
          chance.count(frames, classes, i, j);
        }
      }
    }
    return new Agreement(
        frames.get(0).step(),
        frames.size(),
        near.sameCamera(),
        chance.sameCamera(),
        near.sameClass(),
        chance.sameClass());
  }

  private static final class Tally {
    private long pairs;
    private long ofOneCamera;
    private long knownPairs;
    private long ofOneClass;

    void count(List<FrameEmbedding> frames, int[] classes, int one, int other) {
      pairs++;
      if (frames.get(one).camera().equals(frames.get(other).camera())) {
        ofOneCamera++;
      }
      if (classes[one] >= 0 && classes[other] >= 0) {
        knownPairs++;
        if (classes[one] == classes[other]) {
          ofOneClass++;
        }
      }
    }

    double sameCamera() {
      return pairs == 0 ? Double.NaN : (double) ofOneCamera / pairs;
    }

    double sameClass() {
      return knownPairs == 0 ? Double.NaN : (double) ofOneClass / knownPairs;
    }
  }
}
