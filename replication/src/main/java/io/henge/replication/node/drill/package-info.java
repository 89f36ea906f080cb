/**
 * Drills that hurt, which a member suffers only where its settings allow it: how members ask each
 * other for one, and when it is refused.
 */
package io.henge.replication.node.drill;
