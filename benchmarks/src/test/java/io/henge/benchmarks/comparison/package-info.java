/** Tests of the comparison's own parts, and a small run of all of it. */
package io.henge.benchmarks.comparison;
