/** The cameras' past by likeness: an index of embeddings on disk, and what is shown of it. */
@NullMarked
package io.afterimage.search;

import org.jspecify.annotations.NullMarked;
