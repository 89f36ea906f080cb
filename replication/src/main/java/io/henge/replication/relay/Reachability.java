package io.henge.replication.relay;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which other members this one can exchange messages with directly, and through whom it goes to
 * those it cannot. A link is taken for broken when beats did not come over it for half of the time
 * after which a silent member is suspended, or when the other end says so of this one's beats. Then
 * a third member takes over to which both ends have a working link, if there is one; there is never
 * more than one between.
 *
 * <p>Only about progress: a detour delays and repeats messages like any network, and nothing else
 * depends on what is known here. Silence is counted in time in which this member itself was
 * running, so its own pause breaks no link. Open for subclasses only so that tests can leave out a
 * rule. Not thread-safe; times are nanoseconds of one monotonic clock.
 */
public class Reachability {

  private static final int BEATS_PER_SUSPENSION = 5;

  /** A longer time between two ticks is a pause of this member, not silence of the others. */
  private static final long LONGEST_TICK = 50_000_000L;

  private static final class Peer {
    /** In time that this member was running; when it became known if it was never heard. */
    private long heardAt;

    /** Whether a beat ever came: it may have died before its first. */
    private boolean heard;

    private Beat said = new Beat(List.of(), List.of());

    private Peer(long heardAt) {
      this.heardAt = heardAt;
    }
  }

  private final MemberId self;
  private final SortedMap<MemberId, Peer> peers = new TreeMap<>();
  private SortedMap<MemberId, MemberId> detours = Collections.emptySortedMap();
  private long interval;
  private long patience;
  private long running;
  private long tickedAt;
  private long beatAt;
  private boolean ticked;

  /** Knows nobody yet. */
  public Reachability(MemberId self) {
    this.self = self;
  }

  /**
   * Whom to reach from now on.
   *
   * @param members all of the cluster, this one or not
   * @param suspendAfter silence after which a member is suspended
   */
  public final void follow(Collection<MemberId> members, long suspendAfter) {
    interval = suspendAfter / BEATS_PER_SUSPENSION;
    patience = suspendAfter / 2;
    peers.keySet().retainAll(members);
    for (MemberId member : members) {
      if (!member.equals(self)) {
        peers.computeIfAbsent(member, id -> new Peer(running));
      }
    }
    look();
  }

  /** A beat came on the direct way. */
  public final void onBeat(MemberId from, Beat beat) {
    Peer peer = peers.get(from);
    if (peer == null) {
      return;
    }
    boolean news = !peer.heard || !peer.said.equals(beat) || isUnheard(peer);
    peer.heard = true;
    peer.heardAt = running;
    peer.said = beat;
    if (news) {
      look();
    }
  }

  /**
   * Lets time pass; to be called about every 10 ms.
   *
   * @return what to send to all {@link #peers} directly, or null if that is not due yet
   */
  public final Beat tick(long now) {
    running += ticked ? Math.min(Math.max(0, now - tickedAt), LONGEST_TICK) : 0;
    tickedAt = now;
    if (ticked && now - beatAt < interval) {
      return null;
    }
    ticked = true;
    beatAt = now;
    look();
    List<MemberId> unheard = new ArrayList<>();
    List<MemberId> broken = new ArrayList<>();
    peers.forEach(
        (id, peer) -> {
          if (isUnheard(peer)) {
            unheard.add(id);
          }
          if (isBroken(peer)) {
            broken.add(id);
          }
        });
    return new Beat(unheard, broken);
  }

  /** Whom beats go to. */
  public final Set<MemberId> peers() {
    return Collections.unmodifiableSet(peers.keySet());
  }

  /**
   * For each member that cannot be reached directly the one to go through; immutable. Who is not
   * there is sent to directly, also when that is hopeless.
   */
  public final SortedMap<MemberId, MemberId> detours() {
    return detours;
  }

  /** Whether {@code relay}, whose last word is {@code said}, can pass something on. */
  protected boolean reaches(Beat said, MemberId destination) {
    return !said.broken().contains(destination);
  }

  private boolean isUnheard(Peer peer) {
    return running - peer.heardAt > patience;
  }

  private boolean isBroken(Peer peer) {
    return isUnheard(peer) || peer.said.unheard().contains(self);
  }

  private void look() {
    SortedMap<MemberId, MemberId> found = new TreeMap<>();
    peers.forEach(
        (id, peer) -> {
          MemberId relay = isBroken(peer) ? relayTo(id) : null;
          if (relay != null) {
            found.put(id, relay);
          }
        });
    if (!found.equals(detours)) {
      detours = Collections.unmodifiableSortedMap(found);
    }
  }

  /** The same one as before if it will do: what is on its way shall not be overtaken. */
  private MemberId relayTo(MemberId destination) {
    List<MemberId> able = new ArrayList<>();
    peers.forEach(
        (id, peer) -> {
          boolean asked = peer.heard && !id.equals(destination);
          if (asked && !isBroken(peer) && reaches(peer.said, destination)) {
            able.add(id);
          }
        });
    MemberId before = detours.get(destination);
    if (able.isEmpty() || able.contains(before)) {
      return able.isEmpty() ? null : before;
    }
    return able.get(Math.floorMod(31 * self.hashCode() + destination.hashCode(), able.size()));
  }
}
