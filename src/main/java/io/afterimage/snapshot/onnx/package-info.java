/** Encoder snapshots as ONNX models. */
@NullMarked
package io.afterimage.snapshot.onnx;

import org.jspecify.annotations.NullMarked;
