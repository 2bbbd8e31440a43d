package io.afterimage.page;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Reports once that no broker answers, and once that one answers again. Thread-safe. */
final class BrokerNews {
  /** While other topics can be read, the failure of one is not reported. */
  private static final long QUIET_NANOS = 5_000_000_000L;

  private final String brokers;
  private final PrintWriter out;
  private final LongSupplier nanoClock;
  private boolean away;
  private boolean answered;
  private long answeredNanos;

  /**
   * @param brokers addresses, {@code host:port} separated by commas
   * @param out receives the reports
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
