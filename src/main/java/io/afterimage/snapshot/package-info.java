/** The encoder leaves: versioned codec, store, export. */
@NullMarked
package io.afterimage.snapshot;

import org.jspecify.annotations.NullMarked;
