package io.afterimage.train;

import io.afterimage.train.encoder.EncoderSettings;
import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import io.afterimage.train.negatives.NegativeStrategy;
import io.afterimage.train.optimize.Optimizer;
import io.afterimage.train.prior.PriorEstimator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of a learner.
 *
 * <p>Version 2, big-endian; a block is its length in bytes (4 bytes) and its bytes:
 *
 * <pre>
 *   magic "AFLS" (4 bytes), version (4)
 *   seed (8): every draw is a function of it and the step
 *   skipped steps in a row (4)
 *   encoder, its settings and step (block, as {@link EncoderSnapshotCodec})
 *   optimizer (block)
 *   name of the prior's estimator (modified UTF-8), its state (block)
 *   names of the negatives' strategies (modified UTF-8), their state (block): not in version 1
 * </pre>
 *
 * @param optimizer written and read in its own form, like the other parts
 * @param estimatorName identifies the form of the estimator's state
 * @param negativesName identifies the form of the strategies' state
 * @param negatives null if all negatives have equal weights
 */
record LearnerState(
    Optimizer optimizer,
    String estimatorName,
    PriorEstimator estimator,
    String negativesName,
    @Nullable NegativeStrategy negatives) {
  static final int VERSION = 2;
  private static final int WITHOUT_STRATEGIES = 1;
  private static final int MAGIC = 0x41464c53;

  /** The state that belongs to none of the other parts. */
  record Header(long seed, int skippedInARow, EncoderSnapshot snapshot) {}

  void write(Header header, DataOutput out) throws IOException {
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeLong(header.seed());
    out.writeInt(header.skippedInARow());
    writeBlock(EncoderSnapshotCodec.encode(header.snapshot()), out);
    writeBlock(optimizer::write, out);
    out.writeUTF(estimatorName);
    writeBlock(estimator::write, out);
    out.writeUTF(negativesName);
    writeBlock(negatives == null ? nothing -> {} : negatives::write, out);
  }

  /**
   * Reads into the optimizer, the estimator and the negatives' strategy. An estimator or a strategy
   * of another kind than the stored one starts without state.
   *
   * @throws OtherEncoderException if the stored encoder differs from the given one
   */
  Header read(EncoderSettings given, DataInput in) throws IOException {
    int magic = in.readInt();
    if (magic != MAGIC) {
      throw new IOException(
          "a learner's state starts with AFLS, but this starts with %08x".formatted(magic));
    }
    int version = in.readInt();
    if (version != VERSION && version != WITHOUT_STRATEGIES) {
      throw new IOException(
          "the learner's state has version %d, but only versions %d and %d are known"
              .formatted(version, WITHOUT_STRATEGIES, VERSION));
    }
    long seed = in.readLong();
    int skipped = in.readInt();
    EncoderSnapshot snapshot = EncoderSnapshotCodec.decode(readBlock(in));
    if (!snapshot.settings().equals(given)) {
      throw new OtherEncoderException(snapshot.settings(), given);
    }
    optimizer.read(new DataInputStream(new ByteArrayInputStream(readBlock(in))));
    String storedEstimator = in.readUTF();
    byte[] estimatorState = readBlock(in);
    if (storedEstimator.equals(estimatorName)) {
      estimator.read(new DataInputStream(new ByteArrayInputStream(estimatorState)));
    }
    if (version != WITHOUT_STRATEGIES) {
      String storedNegatives = in.readUTF();
      byte[] negativesState = readBlock(in);
      if (negatives != null && storedNegatives.equals(negativesName)) {
        negatives.read(new DataInputStream(new ByteArrayInputStream(negativesState)));
      }
    }
    return new Header(seed, skipped, snapshot);
  }

  @FunctionalInterface
  private interface Part {
    void write(DataOutput out) throws IOException;
  }

  private static void writeBlock(Part part, DataOutput out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    part.write(new DataOutputStream(bytes));
    writeBlock(bytes.toByteArray(), out);
  }

  private static void writeBlock(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBlock(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("a block's length must be >= 0, but was " + length);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
