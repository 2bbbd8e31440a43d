/** The encoder leaves: versioned codec, store, export. */
@NullMarked
package io.afterimage.model;

import org.jspecify.annotations.NullMarked;
