/**
 * The cluster MXBean: open types only, so that a console in another class loader can read it with
 * its own copy of the interface.
 */
package io.henge.replication.node.management;
