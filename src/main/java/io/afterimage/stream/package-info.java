/**
 * The Flink job: one operator per stage, the pipeline, uids, options. Only this package depends on
 * Flink's API.
 */
@NullMarked
package io.afterimage.stream;

import org.jspecify.annotations.NullMarked;
