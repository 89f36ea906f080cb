package io.henge.replication.membership;

/** Who may found a cluster (PROTOCOL 4.4). */
public enum NodeBootstrap {
  /** A member that finds nobody founds alone; gives no protection against two clusters. */
  AUTO,
  /** This member founds alone, unless it finds a cluster within the discovery time. */
  SINGLE,
  /** The listed hosts found together, when all of them answer that they are in no cluster. */
  VOTERS
}
