/** Every option of the job: declaration, reading, checks, and the settings of each stage. */
@NullMarked
package io.afterimage.stream.option;

import org.jspecify.annotations.NullMarked;
