/** Every record of every topic: frames, rejected records, step reports, embeddings. */
@NullMarked
package io.afterimage.wire;

import org.jspecify.annotations.NullMarked;
