package io.afterimage.encoder;

import org.bytedeco.javacpp.Pointer;

/** How much native memory this process holds. */
public final class NativeMemory {
  private NativeMemory() {}

  /** Native arrays that are alive (bytes), as JavaCPP counts them. */
  public static long arrayBytes() {
    return Pointer.totalBytes();
  }

  /** Physical memory of the whole process (bytes), heap included. */
  public static long processBytes() {
    return Pointer.physicalBytes();
  }
}
