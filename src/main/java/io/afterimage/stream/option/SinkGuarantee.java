package io.afterimage.stream.option;

import java.util.Locale;

/** The delivery guarantee for the job's output records across failures. */
public enum SinkGuarantee {
  /** No record is lost; a record may be repeated, with the same key and content. */
  AT_LEAST_ONCE,
  /** Each record exists once, for a consumer that reads only committed records. */
  EXACTLY_ONCE;

  /** The name in the options. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
