/** Every option of the job: declared, read, checked, and handed to each stage. */
@NullMarked
package io.afterimage.stream.option;

import org.jspecify.annotations.NullMarked;
