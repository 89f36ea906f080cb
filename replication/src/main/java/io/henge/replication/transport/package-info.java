/**
 * The transport port and JGroups behind it: the only package that may import {@code org.jgroups}.
 * Carries frames, finds contact addresses and passes on rumours of death; its view is never read as
 * membership.
 */
package io.henge.replication.transport;
