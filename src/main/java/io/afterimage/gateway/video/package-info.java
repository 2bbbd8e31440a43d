/** Reading of videos with FFmpeg: demuxing, decoding, timing, orientation, and scaling to RGB. */
@NullMarked
package io.afterimage.gateway.video;

import org.jspecify.annotations.NullMarked;
