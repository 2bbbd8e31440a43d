/**
 * Similarity search over recorded frames: an index of embeddings on disk, and contact sheets of its
 * hits.
 */
@NullMarked
package io.afterimage.search;

import org.jspecify.annotations.NullMarked;
