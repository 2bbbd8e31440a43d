package io.afterimage.train.encoder;

import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/** The native memory of this process. */
public final class NativeMemory {
  private NativeMemory() {}

  /**
   * Physical memory of the process less the used Java heap (bytes): native arrays, libraries,
   * threads, and free heap that was touched before. JavaCPP's own count would miss ND4J's arrays,
   * which are allocated in native code.
   */
  public static long outsideHeapBytes() {
    return processBytes() - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Physical memory of the whole process (bytes), heap included. */
  public static long processBytes() {
    return Pointer.physicalBytes();
  }
}
