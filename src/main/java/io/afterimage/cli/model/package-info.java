/** What a person does with snapshots at the terminal. */
@NullMarked
package io.afterimage.cli.model;

import org.jspecify.annotations.NullMarked;
