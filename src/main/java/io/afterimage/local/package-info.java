/**
 * The local run, the whole system in one process: a Kafka broker, a Flink mini-cluster, cameras and
 * the page.
 */
@NullMarked
package io.afterimage.local;

import org.jspecify.annotations.NullMarked;
