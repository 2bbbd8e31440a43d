package io.afterimage.stream.option;

import java.util.Locale;

/** What holds for the records that the job writes, when it fails and recovers. */
public enum SinkGuarantee {
  /** None is lost; one may be there again, with the same key and content. */
  AT_LEAST_ONCE,
  /** Each is there once, for a consumer that reads committed records only. */
  EXACTLY_ONCE;

  /** As the options name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
