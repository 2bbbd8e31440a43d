/** Where the search meets Kafka: embeddings to index, pictures to show. */
@NullMarked
package io.afterimage.search.kafka;

import org.jspecify.annotations.NullMarked;
