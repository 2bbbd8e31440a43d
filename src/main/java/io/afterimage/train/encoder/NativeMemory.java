package io.afterimage.train.encoder;

import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/** How much native memory this process holds. */
public final class NativeMemory {
  private NativeMemory() {}

  /**
   * Physical memory of the process less what is in use of the Java heap (bytes): native arrays,
   * libraries, threads, and heap that is free but was touched. JavaCPP's own count would leave out
   * ND4J's arrays, which are allocated in native code.
   */
  public static long outsideHeapBytes() {
    return processBytes() - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Physical memory of the whole process (bytes), heap included. */
  public static long processBytes() {
    return Pointer.physicalBytes();
  }
}
