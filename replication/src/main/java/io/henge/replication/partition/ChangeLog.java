package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.ChangesWanted;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The committed changes of the caches that some member listens to, as far back as the bounds allow;
 * kept by every replica, so that a new primary can go on where the one before stopped. It follows
 * from the log alone: the same changes at the same indices on all replicas. Costs nothing while
 * nobody listens.
 */
final class ChangeLog {

  /** How much more a primary keeps of what some reader has not taken yet. */
  private static final int MORE_EFFECTS = 16;

  private static final int MORE_BYTES = 64;

  /** Whoever is silent for so many retransmission times no longer listens. */
  private static final int LIFETIME = 1024;

  private record Entry(Change change, MemberId client, long end) {}

  private record Interest(long round, Set<Integer> caches, long heardAt) {}

  private final PartitionSettings settings;
  private final Map<MemberId, Interest> interests = new HashMap<>();

  /** Per cache that is listened to: all its changes after this index were noted. */
  private final Map<Integer, Long> since = new HashMap<>();

  /** The changes, oldest first; those before {@code head} are dropped. */
  private List<Entry> entries = new ArrayList<>();

  private int head;

  /** Index of the newest change that was dropped, or before which nothing was noted. */
  private long dropped;

  private long end;
  private long endBeforeHead;

  /** A primary's readers have taken everything up to here; other replicas have no readers. */
  private long taken = Long.MAX_VALUE;

  ChangeLog(PartitionSettings settings) {
    this.settings = settings;
  }

  /** Whether anybody listens to anything here. */
  boolean active() {
    return !since.isEmpty();
  }

  /** A member says what it listens to; a late word counts for nothing. */
  void interest(MemberId member, ChangesWanted wanted, long commit, long now) {
    Interest known = interests.get(member);
    if (known != null && wanted.round() < known.round()) {
      return;
    }
    if (wanted.caches().isEmpty()) {
      interests.remove(member);
    } else {
      Set<Integer> ids = new HashSet<>();
      wanted.caches().forEach(each -> ids.add(each.cache()));
      interests.put(member, new Interest(wanted.round(), ids, now));
      ids.forEach(cache -> since.putIfAbsent(cache, commit));
    }
    dropUnwanted();
  }

  /** Whether a member listens here. */
  boolean listens(MemberId member) {
    return interests.containsKey(member);
  }

  /** Forgets members that are gone. */
  void retain(Predicate<MemberId> known) {
    if (interests.keySet().removeIf(known.negate())) {
      dropUnwanted();
    }
  }

  /** Forgets members that have not said for long that they still listen. */
  void lapse(long now) {
    long lifetime = LIFETIME * settings.retransmit();
    if (interests.values().removeIf(each -> now - each.heardAt() > lifetime)) {
      dropUnwanted();
    }
  }

  private void dropUnwanted() {
    Set<Integer> wanted = new HashSet<>();
    interests.values().forEach(each -> wanted.addAll(each.caches()));
    since.keySet().retainAll(wanted);
    if (since.isEmpty()) {
      clear();
    }
  }

  /** Whether an effect is to be noted when it is committed. */
  boolean notes(Effect effect) {
    return effect.changesEntry() && since.containsKey(effect.key().cache());
  }

  /** Notes a committed effect on an entry that was in the given state. */
  void committed(Effect effect, StoredValue before) {
    Change.Kind kind =
        switch (effect.kind()) {
          case PUT -> before.present() ? Change.Kind.UPDATED : Change.Kind.CREATED;
          case REMOVE -> before.present() ? Change.Kind.REMOVED : null;
          case EXPIRE -> before.present() ? Change.Kind.EXPIRED : null;
          case NONE, CLEAR, EVICT, TOUCH -> null;
        };
    if (kind == null) {
      return;
    }
    Change change =
        new Change(effect.index(), kind, effect.key(), before.value(), effect.value(), false);
    MemberId client = effect.operation() == null ? null : effect.operation().client();
    end += change.bytes();
    entries.add(new Entry(change, client, end));
    trim();
  }

  /** Everything up to an index was taken by all readers. */
  void takenUpTo(long index) {
    taken = index;
  }

  private void trim() {
    while (size() > 0 && beyondBounds(entries.get(head))) {
      dropped = entries.get(head).change().index();
      endBeforeHead = entries.get(head).end();
      entries.set(head++, null);
    }
    if (head > 64 && head > entries.size() / 2) {
      entries = new ArrayList<>(entries.subList(head, entries.size()));
      head = 0;
    }
  }

  private boolean beyondBounds(Entry oldest) {
    boolean needed = oldest.change().index() > taken;
    long effects = (long) settings.retainedEffects() * (needed ? MORE_EFFECTS : 1);
    long bytes = (long) settings.retainedBytes() * (needed ? MORE_BYTES : 1);
    return size() > effects || (size() > 1 && end - endBeforeHead > bytes);
  }

  /** Nothing is known of changes up to an index: the map was filled otherwise. */
  void restart(long index) {
    clear();
    dropped = index;
    since.replaceAll((cache, from) -> index);
  }

  private void clear() {
    entries = new ArrayList<>();
    head = 0;
    endBeforeHead = end;
  }

  /** Up to here changes may be missing. */
  long dropped() {
    return dropped;
  }

  /** Up to here changes of a cache may be missing that were never noted; 0 if nobody listens. */
  long since(int cache) {
    return since.getOrDefault(cache, 0L);
  }

  /** Number of changes that are here. */
  int size() {
    return entries.size() - head;
  }

  /** Place of the first change after an index; {@link #size} if there is none. */
  int after(long index) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (change(middle).index() <= index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The change at a place. */
  Change change(int place) {
    return entries.get(head + place).change();
  }

  /** The member whose operation caused the change at a place, or null. */
  MemberId client(int place) {
    return entries.get(head + place).client();
  }

  /** Rough size of the changes after an index up to another one. */
  long bytesBetween(long index, long upTo) {
    return end(after(upTo)) - end(after(index));
  }

  private long end(int place) {
    return place == 0 ? endBeforeHead : entries.get(head + place - 1).end();
  }
}
