#!/usr/bin/env bash
# Made the videos of this folder, once, with FFmpeg 5.1: 15 pictures of 64 x 48 at 10/s (MPEG-1/2 files:
# 25/s), quarters of red, green / blue, white under a little noise. The build does not run it.
set -euo pipefail
cd "$(dirname "$0")"
q="color=s=32x24:r=10:c"
quarters="$q=red,format=gbrp[a];$q=lime,format=gbrp[b];$q=blue,format=gbrp[c];$q=white,format=gbrp[d];
  [a][b]hstack[t];[c][d]hstack[u];[t][u]vstack,noise=alls=8:allf=t:all_seed=1,format=yuv420p"
make() { ffmpeg -v error -y -filter_complex "$quarters" -frames:v 15 -fflags +bitexact -flags:v +bitexact "$@"; }
make -c:v libx264 -g 5 -movflags +faststart quarters.mp4
make -c:v libx264 -g 5 moov-last.mp4
make -c:v libx264 -g 5 quarters.mkv
make -c:v libx264 -g 5 quarters.ts
make -c:v libx264 -g 5 -mpegts_start_pid 0x200 other-id.ts
make -c:v libx264 -g 5 -f h264 quarters.h264                                  # its SPS holds the rate
make -c:v libx265 -x265-params log-level=error:info=0:vui-timing-info=0 -f hevc quarters.h265 # no rate
make -c:v mpeg4 -g 5 quarters.avi
make -c:v mpeg2video -r 25 -f vob quarters.mpg
make -c:v mpeg2video -r 25 -f mpeg2video quarters.m2v
make -c:v mpeg4 -f m4v quarters.m4v
make -c:v libaom-av1 -cpu-used 8 -crf 60 -f obu quarters.obu
make -c:v mjpeg -pix_fmt yuvj420p -q:v 8 -f mjpeg quarters.mjpeg
for turn in rotated=:rotate=270 flipped=:flip=horizontal; do # turned as told by a message of H.264
  ffmpeg -v error -y -i quarters.h264 -c copy -bsf:v "h264_metadata=display_orientation=insert${turn#*=}" "${turn%%=*}.h264"
done
# The EXIF of a picture that is to be turned by 90 degrees: orientation 6.
exif='\xff\xd8\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00'
make -frames:v 1 -c:v mjpeg -pix_fmt yuvj420p -q:v 8 -f mjpeg plain.mjpeg
{ printf "$exif"; tail -c +3 plain.mjpeg; } > exif.mjpeg
rm plain.mjpeg

# One picture: left (180, 30, 30), right (16, 16, 16), coded in many ways; gray: (120, 120, 120) left.
color() { # FILE SIZE MATRIX RANGE FORMAT OPTIONS...
  local file="$1" size="$2" matrix="$3" range="$4" format="$5"
  local left="${left:-0xB41E1E}"
  shift 5
  ffmpeg -v error -y -filter_complex "color=c=$left:s=$size,format=gbrp[a];color=c=0x101010:s=$size,format=gbrp[b];
    [a][b]hstack,scale=out_color_matrix=$matrix:out_range=$range:flags=accurate_rnd+full_chroma_int,format=$format" \
    -frames:v 1 -fflags +bitexact -flags:v +bitexact "$@" "$file"
}
x264="-c:v libx264 -qp 4"
color bt709.mp4 32x32 bt709 tv yuv420p $x264 -colorspace bt709 -color_range tv
color bt709-full.mp4 32x32 bt709 pc yuv420p $x264 -colorspace bt709 -color_range pc
color bt709-10bit.mp4 32x32 bt709 tv yuv420p10le $x264 -colorspace bt709 -color_range tv
color bt601-full.mp4 32x32 bt601 pc yuv420p $x264 -colorspace smpte170m -color_range pc
color bt2020.mp4 32x32 bt2020 tv yuv420p $x264 -colorspace bt2020nc -color_range tv
color yuv444.mp4 32x32 bt709 tv yuv444p $x264 -colorspace bt709 -color_range tv
color untagged-sd.mp4 32x32 bt601 tv yuv420p $x264
color untagged-hd.mp4 640x720 bt709 tv yuv420p $x264
color untagged-upright-hd.mp4 360x1280 bt709 tv yuv420p $x264
color jpeg.avi 32x32 bt601 pc yuvj420p -c:v mjpeg -q:v 1
color gbr.mp4 32x32 bt709 pc gbrp -c:v libx264rgb -qp 0
color rgb24.avi 32x32 bt709 pc rgb24 -c:v png
color rgba.avi 32x32 bt709 pc rgba -c:v png
color rgb-raw.avi 8x8 bt709 pc bgr24 -c:v rawvideo
left=0x787878 color gray-tv.mkv 32x32 bt709 tv gray -c:v ffv1 -color_range tv
left=0x787878 color gray-pc.mkv 32x32 bt709 pc gray -c:v ffv1 -color_range pc
left=0x787878 color gray.avi 32x32 bt709 pc gray -c:v ffv1
