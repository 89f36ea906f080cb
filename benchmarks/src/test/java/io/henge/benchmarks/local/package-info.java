/** Runs every JMH benchmark once. */
package io.henge.benchmarks.local;
