/**
 * The job's Kafka sources and sinks. Inside the job, only this package depends on Kafka's client.
 */
@NullMarked
package io.afterimage.stream.kafka;

import org.jspecify.annotations.NullMarked;
