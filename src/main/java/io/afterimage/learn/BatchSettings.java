package io.afterimage.learn;

/**
 * How groups become mini-batches.
 *
 * @param groups positive groups B of a mini-batch
 * @param freshGroups groups of a mini-batch that are new; the others are replayed from memory
 * @param stepsPerBatch steps for each set of fresh groups; from the second on, all but the fresh
 *     groups are drawn anew
 */
public record BatchSettings(int groups, int freshGroups, int stepsPerBatch) {}
