/**
 * What people ask about a cluster: how it was at an earlier slot, where a key lives, what would
 * happen if members stopped. Pure functions of cluster states. May use {@code membership}, {@code
 * store}, {@code ring} and {@code topology}.
 */
package io.henge.replication.insight;
