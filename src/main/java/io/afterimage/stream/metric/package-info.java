/** The operators' metrics, registered with Flink's metric groups. */
@NullMarked
package io.afterimage.stream.metric;

import org.jspecify.annotations.NullMarked;
