/** Encoder snapshots as ONNX models. */
@NullMarked
package io.afterimage.model.onnx;

import org.jspecify.annotations.NullMarked;
