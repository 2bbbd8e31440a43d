package io.afterimage.local;

/**
 * The frames published before this run, if it resumes an earlier one.
 *
 * @param frames records ever written to the topic
 * @param newestMillis capture time of the newest that the topic holds (milliseconds since 1970,
 *     UTC); negative if it holds none
 */
record Played(long frames, long newestMillis) {
  static Played in(EmbeddedKafka kafka, String topic) {
    return new Played(kafka.records(topic), kafka.newestMillis(topic));
  }
}
