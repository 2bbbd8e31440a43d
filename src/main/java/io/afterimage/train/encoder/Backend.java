package io.afterimage.train.encoder;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processor or GPU that this process computes on. */
public final class Backend {
  private static final Logger LOG = LoggerFactory.getLogger(Backend.class);

  private Backend() {}

  /**
   * Logs the processor or GPU in use, and rejects those that the native libraries have no code for.
   *
   * @throws IllegalStateException with one line of advice, if the processor lacks instructions, or
   *     the CUDA backend finds no device or one that it has no code for
   */
  public static void require() {
    Processor.require();
    if (Nd4j.getEnvironment().isCPU()) {
      LOG.info("Computing on the CPU with {} threads", threads());
      return;
    }
    obstacle(devices()).ifPresent(Backend::refuse);
  }

  private static void refuse(String obstacle) {
    throw new IllegalStateException(obstacle);
  }

  /** Why the first of these devices cannot be used, or empty if it can; logs them all. */
  static Optional<String> obstacle(List<ComputeDevice> devices) {
    if (devices.isEmpty()) {
      return Optional.of(
          "the CUDA backend found no GPU: check the driver with nvidia-smi, or build without -Pcuda"
              + " to train on the CPU");
    }
    devices.forEach(device -> LOG.info("Found {}", device));
    return devices.get(0).obstacle();
  }

  private static List<ComputeDevice> devices() {
    NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int count = ops.getAvailableDevices();
    return IntStream.range(0, Math.max(0, count))
        .mapToObj(
            device ->
                new ComputeDevice(
                    ops.getDeviceName(device),
                    ops.getDeviceMajor(device),
                    ops.getDeviceMinor(device),
                    ops.getDeviceTotalMemory(device)))
        .toList();
  }

  /**
   * Sets the number of native threads that work for the calling thread, to divide a machine between
   * several. Does nothing on a GPU.
   *
   * @return the previous number
   */
  public static int useThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be >= 1, but was " + threads);
    }
    // Nd4j first: its class and that of the native calls initialize each other, in this order only.
    boolean cpu = Nd4j.getEnvironment().isCPU();
    int before = threads();
    if (!cpu) {
      return before;
    }
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    return before;
  }

  /** The number of threads that one operation may use. */
  static int threads() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }
}
