/** The gateway, which publishes cameras to Kafka. */
@NullMarked
package io.afterimage.gateway;

import org.jspecify.annotations.NullMarked;
