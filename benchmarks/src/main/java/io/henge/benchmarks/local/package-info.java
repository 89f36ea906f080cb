/** JMH benchmarks of what one process does by itself on the way of an operation. */
package io.henge.benchmarks.local;
