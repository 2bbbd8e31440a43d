/** What the operators report to Flink's metric groups. */
@NullMarked
package io.afterimage.stream.metric;

import org.jspecify.annotations.NullMarked;
