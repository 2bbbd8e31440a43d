/** Terminal output of the commands: progress, errors, and an orderly end. */
@NullMarked
package io.afterimage.terminal;

import org.jspecify.annotations.NullMarked;
