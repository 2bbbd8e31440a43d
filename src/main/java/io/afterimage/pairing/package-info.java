/**
 * Which frames are positives: groups of one camera's frames that are close in time. Knows no Flink.
 */
@NullMarked
package io.afterimage.pairing;

import org.jspecify.annotations.NullMarked;
