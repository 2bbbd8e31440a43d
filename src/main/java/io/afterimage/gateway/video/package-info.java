/** Videos as FFmpeg reads them: demuxed, decoded, timed, turned upright, and scaled to RGB. */
@NullMarked
package io.afterimage.gateway.video;

import org.jspecify.annotations.NullMarked;
