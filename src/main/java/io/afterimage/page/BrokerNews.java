package io.afterimage.page;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Says once that no broker answers, and once that one does again. Thread-safe. */
final class BrokerNews {
  /** One topic's failure is no news while others are read. */
  private static final long QUIET_NANOS = 5_000_000_000L;

  private final String brokers;
  private final PrintWriter out;
  private final LongSupplier nanoClock;
  private boolean away;
  private boolean answered;
  private long answeredNanos;

  /**
   * @param brokers where they are, {@code host:port} separated by commas
   * @param out where it is said
   */
  BrokerNews(String brokers, PrintWriter out, LongSupplier nanoClock) {
    this.brokers = brokers;
    this.out = out;
    this.nanoClock = nanoClock;
  }

  /** A broker did not answer in time. */
  synchronized void silent() {
    if (!away && !(answered && nanoClock.getAsLong() - answeredNanos < QUIET_NANOS)) {
      away = true;
      say("No broker answers at %s, trying again".formatted(brokers));
    }
  }

  /** A broker answered. */
  synchronized void answered() {
    answered = true;
    answeredNanos = nanoClock.getAsLong();
    if (away) {
      away = false;
      say("A broker answers at %s".formatted(brokers));
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
