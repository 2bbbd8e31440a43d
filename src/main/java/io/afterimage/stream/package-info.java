/**
 * The only package that knows Flink: one operator per stage, the pipeline on one screen, uids,
 * options.
 */
@NullMarked
package io.afterimage.stream;

import org.jspecify.annotations.NullMarked;
