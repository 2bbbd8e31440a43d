/**
 * The web page that shows a running job, read from its topics.
 *
 * <p>Data flows one way: {@link io.afterimage.page.TopicFollower}s read the topics into bounded
 * memories, and {@link io.afterimage.page.PageServer} answers from those. Nothing is written to
 * Kafka, and the job does not know the page.
 */
@NullMarked
package io.afterimage.page;

import org.jspecify.annotations.NullMarked;
