package io.henge.replication.node;

import java.util.List;

/**
 * The members that hold the copies of an entry.
 *
 * @param partition number of its partition, over all groups
 * @param primary name of the primary; empty if there is none at the moment
 * @param backups names of the other in-sync replicas
 * @param local whether this member is in sync
 */
public record EntryHolders(int partition, String primary, List<String> backups, boolean local) {}
