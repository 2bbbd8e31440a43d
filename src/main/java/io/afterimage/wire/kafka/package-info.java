/** Kafka's clients, as the processes around the job make them, and frames fetched one by one. */
@NullMarked
package io.afterimage.wire.kafka;

import org.jspecify.annotations.NullMarked;
