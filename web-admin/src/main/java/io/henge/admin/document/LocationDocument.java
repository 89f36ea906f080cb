package io.henge.admin.document;

import io.henge.admin.cluster.KeyLocation;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /keys/locate}: where a key lives.
 *
 * @param hash the key's hash, 16 hexadecimal digits
 * @param partition the partition's number
 * @param primary the primary's name; empty if none
 * @param replicas the copies, each a name and its state: in-sync or learner
 * @param local whether the answering member holds an in-sync copy; only then the next two are known
 * @param present whether the key has a value, null if unknown here
 * @param pending whether a write of it is under way, null if unknown here
 */
public record LocationDocument(
    String hash,
    int partition,
    String primary,
    List<List<String>> replicas,
    boolean local,
    Boolean present,
    Boolean pending) {

  /** Names the members of a location. */
  public static LocationDocument of(KeyLocation location, View view) {
    List<List<String>> replicas = new ArrayList<>();
    location.inSyncIds().forEach(id -> replicas.add(List.of(name(id, view), "in-sync")));
    location.learnerIds().forEach(id -> replicas.add(List.of(name(id, view), "learner")));
    boolean local = location.localReplica();
    return new LocationDocument(
        location.hash(),
        location.partition(),
        name(location.primaryId(), view),
        replicas,
        local,
        local ? (Boolean) location.present() : null,
        local ? (Boolean) location.pending() : null);
  }

  private static String name(String id, View view) {
    Member member = view.member(id);
    return member == null ? id : member.name();
  }
}
