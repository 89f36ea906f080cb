package io.henge.jcache;

import java.util.List;

/**
 * The members that hold a key.
 *
 * @param partition the key's, a number from 0 on
 * @param primary name of the member that decides its writes; empty if there is none at the moment
 * @param backups names of the others that hold it in sync, in the order of their succession
 * @param local whether this member is one of them, so that it reads the key without a message
 */
public record KeyHolders(int partition, String primary, List<String> backups, boolean local) {

  /** Copies the list. */
  public KeyHolders {
    backups = List.copyOf(backups);
  }
}
