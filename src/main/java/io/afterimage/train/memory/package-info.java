/** The replay memory and its eviction policies. Independent of Flink. */
@NullMarked
package io.afterimage.train.memory;

import org.jspecify.annotations.NullMarked;
