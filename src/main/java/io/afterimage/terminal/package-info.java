/** What commands show to whoever runs them. */
@NullMarked
package io.afterimage.terminal;

import org.jspecify.annotations.NullMarked;
