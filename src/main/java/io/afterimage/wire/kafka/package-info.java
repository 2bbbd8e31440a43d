/** Kafka clients of the processes around the job, and the lookup of single frames. */
@NullMarked
package io.afterimage.wire.kafka;

import org.jspecify.annotations.NullMarked;
