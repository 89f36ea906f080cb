/**
 * Clusters of real processes under faults, each process on a host of its own: who finds whom, who
 * waits, and what a cache has promised through it all. See docs/testing.md.
 */
package io.henge.arquillian.faults;
