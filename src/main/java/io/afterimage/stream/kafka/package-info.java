/** The only package that knows Kafka's client inside the job. */
@NullMarked
package io.afterimage.stream.kafka;

import org.jspecify.annotations.NullMarked;
