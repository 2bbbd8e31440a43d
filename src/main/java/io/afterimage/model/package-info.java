/** Encoder snapshots outside the learner: format, registry, export. */
@NullMarked
package io.afterimage.model;

import org.jspecify.annotations.NullMarked;
