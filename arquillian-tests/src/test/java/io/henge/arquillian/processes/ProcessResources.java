package io.henge.arquillian.processes;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a process holds.
 *
 * @param heapBytes used heap right after a full collection
 * @param threads live threads
 * @param fileHandles open files and sockets; 0 where the system does not tell
 */
public record ProcessResources(long heapBytes, long threads, long fileHandles) {

  /** Collects garbage and reads this JVM's figures. */
  static ProcessResources local() {
    System.gc();
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : 0;
    return new ProcessResources(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        files);
  }

  String encoded() {
    return "heapBytes=" + heapBytes + " threads=" + threads + " fileHandles=" + fileHandles;
  }

  static ProcessResources decoded(String text) {
    Map<String, Long> fields = new TreeMap<>();
    for (String field : text.split(" ", -1)) {
      int equals = field.indexOf('=');
      fields.put(field.substring(0, equals), Long.valueOf(field.substring(equals + 1)));
    }
    return new ProcessResources(
        fields.get("heapBytes"), fields.get("threads"), fields.get("fileHandles"));
  }
}
