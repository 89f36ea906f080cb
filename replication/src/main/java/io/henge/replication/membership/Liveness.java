package io.henge.replication.membership;

import io.henge.replication.topology.MemberId;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When each member was last heard, and since when it is suspended, as this member saw it. Kept by
 * everybody, so that a new leader need not start to wait from nothing.
 */
final class Liveness {

  private record Heard(long at, long slot) {}

  private record Suspended(long at, long slot) {}

  private final SortedMap<MemberId, Heard> heard = new TreeMap<>();
  private final SortedMap<MemberId, Suspended> suspended = new TreeMap<>();
  private long countsFrom;
  private long tickedAt;

  Liveness(ClusterState state, long now) {
    countsFrom = now;
    tickedAt = now;
    applied(state, now);
  }

  /**
   * Time passes. When this member itself was paused, or could not have heard anybody, the silence
   * of the others is no news: it counts from now on.
   */
  void tick(long now, long pause) {
    if (now - tickedAt > pause) {
      countsFrom = now;
    }
    tickedAt = now;
  }

  void applied(ClusterState state, long now) {
    heard.keySet().retainAll(state.members().keySet());
    suspended.keySet().retainAll(state.members().keySet());
    for (Member member : state.members().values()) {
      heard.putIfAbsent(member.id(), new Heard(now, -1));
      if (member.state() == MemberState.SUSPENDED) {
        suspended.putIfAbsent(member.id(), new Suspended(now, state.slot()));
      } else {
        suspended.remove(member.id());
      }
    }
  }

  void heard(MemberId member, long slot, long now) {
    heard.computeIfPresent(member, (id, before) -> new Heard(now, Math.max(slot, before.slot())));
  }

  /** A new member goes on asking to join: it lives, and has not heard that it is one. */
  void asked(MemberId member, long now) {
    heard.computeIfPresent(member, (id, before) -> new Heard(now, before.slot()));
  }

  /** How long a member has been silent; never longer than this member could have heard it. */
  long silence(MemberId member, long now) {
    Heard last = heard.get(member);
    return last == null ? 0 : Math.max(0, now - Math.max(last.at(), countsFrom));
  }

  /** Time since the member was last heard, whoever's fault. */
  long lastHeardAgo(MemberId member, long now) {
    Heard last = heard.get(member);
    return last == null || last.slot() < 0 ? -1 : now - last.at();
  }

  /** The slot that the member said it had applied; -1 if it has not been heard yet. */
  long slot(MemberId member) {
    Heard last = heard.get(member);
    return last == null ? -1 : last.slot();
  }

  /** Tells whether the member said something within {@code time}. */
  boolean isFresh(MemberId member, long time, long now) {
    Heard last = heard.get(member);
    return last != null && last.slot() >= 0 && now - last.at() < time;
  }

  /** How long a member has been suspended; 0 if it is not. */
  long suspendedFor(MemberId member, long now) {
    Suspended since = suspended.get(member);
    return since == null ? 0 : now - since.at();
  }

  /** Tells whether a suspended member was heard to have learnt of its suspension: it lives. */
  boolean knowsOfSuspension(MemberId member) {
    Suspended since = suspended.get(member);
    return since != null && slot(member) >= since.slot();
  }

  /** The members heard within {@code time}. */
  Set<MemberId> heardWithin(long time, long now) {
    Set<MemberId> fresh = new TreeSet<>();
    for (MemberId member : heard.keySet()) {
      if (isFresh(member, time, now)) {
        fresh.add(member);
      }
    }
    return fresh;
  }
}
