/** The values that flow between the operators, and how Flink carries and keeps them. */
@NullMarked
package io.afterimage.stream.record;

import org.jspecify.annotations.NullMarked;
