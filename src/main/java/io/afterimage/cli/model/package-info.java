/** The commands for encoder snapshots. */
@NullMarked
package io.afterimage.cli.model;

import org.jspecify.annotations.NullMarked;
