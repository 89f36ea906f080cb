package io.henge.replication.partition;

import io.henge.replication.topology.MemberId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a primary knows of one member that listens. */
final class ChangeReader {

  private record Wish(boolean previous, long introduced, long since) {}

  final MemberId member;

  /** The index with which it began here. */
  final long start;

  private final Map<Integer, Wish> wishes = new HashMap<>();

  /** The newest word of the member about what it wants. */
  long round;

  /** Whether the member has a position: it knows of its start. */
  boolean begun;

  /** Whether the start was told, though perhaps not heard. */
  boolean introduced;

  long sent;
  long taken;

  /** Nothing follows until everything up to here was taken. */
  long heldUntil;

  /** Whether it waits for a word even if there is nothing new. */
  boolean owed = true;

  long progressAt;
  int repeats;

  ChangeReader(MemberId member, long start, boolean begun, long now) {
    this.member = member;
    this.start = start;
    this.begun = begun;
    this.sent = start;
    this.taken = start;
    this.progressAt = now;
  }

  /** Takes over what it wants; what is new to all counts from {@code commit} on. */
  void wants(List<CacheInterest> caches, long commit) {
    Map<Integer, Wish> before = new HashMap<>(wishes);
    wishes.clear();
    for (CacheInterest each : caches) {
      Wish known = before.get(each.cache());
      boolean same = known != null && known.introduced() == each.introduced();
      long since = !each.fresh() ? 0 : same ? known.since() : commit;
      wishes.put(each.cache(), new Wish(each.previous(), each.introduced(), since));
    }
  }

  /** Up to here changes may be missing in the log that the member was to be told; 0 if none. */
  long missed(ChangeLog log) {
    long upTo = log.dropped() > sent ? log.dropped() : 0;
    for (Map.Entry<Integer, Wish> each : wishes.entrySet()) {
      long noted = log.since(each.getKey());
      if (noted > Math.max(sent, each.getValue().since())) {
        upTo = Math.max(upTo, noted);
      }
    }
    return upTo;
  }

  boolean wants(Change change) {
    Wish wish = wishes.get(change.key().cache());
    return wish != null && change.index() > wish.since();
  }

  Change told(Change change, MemberId client) {
    return change.toldTo(wishes.get(change.key().cache()).previous(), member.equals(client));
  }

  /**
   * The member has taken everything up to an index. If that is before this primary's first word to
   * it, an earlier primary has confirmed its interest: then everything since counts.
   */
  void took(long index, long now) {
    if (!begun && index < start) {
      taken = index;
      sent = index;
      wishes.replaceAll((cache, wish) -> new Wish(wish.previous(), wish.introduced(), 0));
    }
    begun = true;
    introduced = true;
    if (index > taken) {
      taken = index;
      progressAt = now;
      repeats = 0;
    }
    sent = Math.max(sent, taken); // an earlier primary may have told more
  }

  boolean outstanding() {
    return sent > taken || !begun;
  }

  boolean held() {
    return taken < heldUntil;
  }

  /** Begins again after what was taken. */
  void rewind() {
    sent = taken;
    heldUntil = 0;
    introduced = begun;
    owed = true;
  }
}
