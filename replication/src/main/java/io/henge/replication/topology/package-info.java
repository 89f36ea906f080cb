/**
 * The words that all rooms share: identities of members and operations, and one partition's
 * assignment. Pure values without behaviour; uses nothing but the JDK's value types.
 */
package io.henge.replication.topology;
