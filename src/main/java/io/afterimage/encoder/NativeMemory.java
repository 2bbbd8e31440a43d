package io.afterimage.encoder;

import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/** How much native memory this process holds. */
public final class NativeMemory {
  private NativeMemory() {}

  /**
   * Physical memory of the process outside the Java heap (bytes): native arrays, libraries, threads
   * and the virtual machine itself. JavaCPP's own count would leave out ND4J's arrays, which are
   * allocated in native code.
   */
  public static long outsideHeapBytes() {
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    return Math.max(0, processBytes() - heap);
  }

  /** Physical memory of the whole process (bytes), heap included. */
  public static long processBytes() {
    return Pointer.physicalBytes();
  }
}
