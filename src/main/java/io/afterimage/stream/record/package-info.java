/**
 * The values that flow between the operators, and their serialization. Stored state refers to the
 * class names in {@link io.afterimage.stream.record.Snapshots}, which must not change.
 */
@NullMarked
package io.afterimage.stream.record;

import org.jspecify.annotations.NullMarked;
