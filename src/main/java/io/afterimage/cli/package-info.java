/** The command lines: the deployed job, the gateway, the local run, the page and the evaluation. */
@NullMarked
package io.afterimage.cli;

import org.jspecify.annotations.NullMarked;
