/**
 * What the operations of the members' callers came to: counted where they are called, brought
 * together when somebody asks, each member's part with its age.
 */
package io.henge.replication.node.statistics;
