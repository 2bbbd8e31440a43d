package io.afterimage.stream;

import io.afterimage.train.encoder.EncoderSnapshot;
import io.afterimage.train.encoder.EncoderSnapshotCodec;
import java.util.function.Consumer;

/**
 * Sends the newest encoder to the embedding operators: at the start, at an interval of steps, and
 * at the end.
 */
final class EncoderRefresh {
  private final int intervalSteps;
  private final Consumer<byte[]> receivers;
  private long newestStep = -1;

  /**
   * @param receivers receive the encoder in the form of its codec
   */
  EncoderRefresh(int intervalSteps, Consumer<byte[]> receivers) {
    this.intervalSteps = intervalSteps;
    this.receivers = receivers;
  }

  /** Whether the encoder is due after this step. */
  boolean isDue(long step) {
    return newestStep < 0 || step - newestStep >= intervalSteps;
  }

  /** Whether the encoder is due after the last step. */
  boolean isDueAtTheEnd(long step) {
    return step != newestStep;
  }

  void emit(EncoderSnapshot snapshot) {
    receivers.accept(EncoderSnapshotCodec.encode(snapshot));
    newestStep = snapshot.step();
  }
}
