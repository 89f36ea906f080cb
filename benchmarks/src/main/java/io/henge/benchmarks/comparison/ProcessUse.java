package io.henge.benchmarks.comparison;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process has used, or used between two moments.
 *
 * @param cpuNanos processor time of all threads
 * @param allocatedBytes allocated on the heap by the threads that live; what threads that have
 *     ended allocated is missing
 * @param collections garbage collections
 * @param collectionMillis time spent in them
 */
record ProcessUse(long cpuNanos, long allocatedBytes, long collections, long collectionMillis) {

  /** Use up to now. */
  static ProcessUse now() {
    long collections = 0;
    long millis = 0;
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections += each.getCollectionCount();
      millis += each.getCollectionTime();
    }
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long allocated = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      allocated += Math.max(0, bytes);
    }
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new ProcessUse(system.getProcessCpuTime(), allocated, collections, millis);
  }

  ProcessUse since(ProcessUse before) {
    return new ProcessUse(
        cpuNanos - before.cpuNanos,
        allocatedBytes - before.allocatedBytes,
        collections - before.collections,
        collectionMillis - before.collectionMillis);
  }

  ProcessUse plus(ProcessUse other) {
    return new ProcessUse(
        cpuNanos + other.cpuNanos,
        allocatedBytes + other.allocatedBytes,
        collections + other.collections,
        collectionMillis + other.collectionMillis);
  }
}
