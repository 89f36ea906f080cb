/**
 * A scripted cluster behind the real cluster MXBean: for the tests, and as a small WAR for looking
 * at the console without a cluster.
 */
package io.henge.admin.fake;
