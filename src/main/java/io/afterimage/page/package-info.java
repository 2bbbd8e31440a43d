/**
 * The page to watch: what a job leaves in its topics, served to a browser.
 *
 * <p>Data flows one way: {@link io.afterimage.page.TopicFollower}s read the topics into bounded
 * memories, and {@link io.afterimage.page.PageServer} answers from those. Nothing is written to
 * Kafka, and the job does not know the page.
 */
@NullMarked
package io.afterimage.page;

import org.jspecify.annotations.NullMarked;
