/** The whole system in one process: real broker, Flink mini-cluster, simulated cameras. */
@NullMarked
package io.afterimage.local;

import org.jspecify.annotations.NullMarked;
