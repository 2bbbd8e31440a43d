/**
 * The values that flow between the operators, and how Flink carries and keeps them. State is found
 * again by the names in {@link io.afterimage.stream.record.Snapshots}, which stay here.
 */
@NullMarked
package io.afterimage.stream.record;

import org.jspecify.annotations.NullMarked;
