/**
 * Henge and other products under the same load, each node in a process of its own, in one run. The
 * load knows JCache only; what differs is a class path and configuration. Of the classes, {@link
 * io.henge.benchmarks.comparison.Comparison} runs in the process that was started by hand, {@link
 * io.henge.benchmarks.comparison.Node} in each node's.
 */
package io.henge.benchmarks.comparison;
