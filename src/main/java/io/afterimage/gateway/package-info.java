/** Cameras to Kafka. */
@NullMarked
package io.afterimage.gateway;

import org.jspecify.annotations.NullMarked;
