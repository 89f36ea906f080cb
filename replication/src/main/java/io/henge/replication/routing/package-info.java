/**
 * Which in-sync copy a read asks (PROTOCOL 4.7). Every copy that may be chosen obeys the backup
 * rule, so a policy decides about speed and load, never about what a read sees. Pure: chance and
 * time are arguments; called by all callers' threads at once.
 */
package io.henge.replication.routing;
