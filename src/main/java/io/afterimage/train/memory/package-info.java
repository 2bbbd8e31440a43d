/** What is kept for replay, and what makes room. Knows no Flink. */
@NullMarked
package io.afterimage.train.memory;

import org.jspecify.annotations.NullMarked;
