package io.henge.replication.partition;

import io.henge.replication.partition.PartitionMessage.Changes;
import io.henge.replication.partition.PartitionMessage.ChangesTaken;
import io.henge.replication.partition.PartitionMessage.ChangesWanted;
import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The side of a member that listens: it tells every replica what it wants, takes the primary's
 * changes in order and each once, and asks again for what did not come. After a change of primary
 * it goes on at its position with the new one. Pure; steps by one thread at a time.
 */
public final class ChangeSubscriber {

  /** Where changes go, and messages. Must not call back into the subscriber. */
  public interface Output {

    /** Sends, also to this member itself. */
    void send(MemberId to, PartitionMessage message);

    /** Takes a change; false if there is no room: it comes again. */
    boolean take(int partition, Change change);

    /** Every change of the partition up to an index was taken, or told as missed. */
    void covered(int partition, long upTo);

    /** Of the changes after an index up to another one, some may never come. */
    void missed(int partition, long after, long upTo);
  }

  /** Who holds a partition. */
  @FunctionalInterface
  public interface Replicas {

    /** All replicas of a partition, the primary first; empty while there is no primary. */
    List<MemberId> of(int partition);
  }

  /** A renewal every so many retransmission times: replicas forget who is silent. */
  private static final int RENEWAL = 128;

  /** As many changes are taken at most before the primary is told. */
  private static final int TELL_AFTER = 64;

  /**
   * What is wanted of a cache.
   *
   * @param introduced the round in which the cache was wanted first
   * @param asked the round in which it was wanted like this
   */
  private record Wish(boolean previous, long introduced, long asked) {}

  private static final class Feed {
    private final int partition;
    private final long created;
    private final SortedMap<Integer, Wish> wishes = new TreeMap<>();
    private List<MemberId> replicas = List.of();
    private long position = -1;
    private long missed = -1;
    private long confirmed;
    private int untold;
    private boolean again;

    /** Whether the primary has answered; one that was asked too early knows of nothing. */
    private boolean heard;

    private long askAt;
    private int repeats;

    private Feed(int partition, long created) {
      this.partition = partition;
      this.created = created;
    }

    private MemberId primary() {
      return replicas.isEmpty() ? null : replicas.get(0);
    }

    private boolean waits() {
      return again || !heard || !confirmed();
    }

    private boolean confirmed() {
      return position >= 0 && wishes.values().stream().allMatch(wish -> wish.asked() <= confirmed);
    }
  }

  private final long retransmit;
  private final PartitionRules rules;
  private final Replicas replicas;
  private final Output output;
  private final SortedMap<Integer, Feed> feeds = new TreeMap<>();
  private long round;

  /**
   * Creates a subscriber that wants nothing.
   *
   * @param retransmit the replicas' time after which frames are sent again (nanoseconds)
   */
  public ChangeSubscriber(long retransmit, PartitionRules rules, Replicas replicas, Output output) {
    this.retransmit = retransmit;
    this.rules = rules;
    this.replicas = replicas;
    this.output = output;
  }

  /**
   * Wants the changes of a cache from now on, or goes on with them otherwise.
   *
   * @param first the first partition of the cache's group
   * @param count how many partitions the group has
   * @param previous whether the values before are wanted too
   */
  public void want(int cache, int first, int count, boolean previous, long now) {
    round++;
    for (int partition = first; partition < first + count; partition++) {
      Feed feed = feeds.computeIfAbsent(partition, number -> new Feed(number, round));
      Wish before = feed.wishes.get(cache);
      feed.wishes.put(
          cache, new Wish(previous, before == null ? round : before.introduced(), round));
      feed.repeats = 0;
      ask(feed, now);
    }
  }

  /** Wants no more changes of a cache. */
  public void unwant(int cache, long now) {
    round++;
    for (Feed feed : new ArrayList<>(feeds.values())) {
      if (feed.wishes.remove(cache) != null) {
        ask(feed, now);
        if (feed.wishes.isEmpty()) {
          feeds.remove(feed.partition);
        }
      }
    }
  }

  /** Whether every change of the cache from now on will come, whoever makes it. */
  public boolean confirmed(int cache) {
    for (Feed feed : feeds.values()) {
      Wish wish = feed.wishes.get(cache);
      if (wish != null && (feed.position < 0 || feed.confirmed < wish.asked())) {
        return false;
      }
    }
    return true;
  }

  /** Everything of the partition up to here was taken; -1 if nothing is known yet. */
  public long position(int partition) {
    Feed feed = feeds.get(partition);
    return feed == null ? -1 : feed.position;
  }

  /** Handles what a primary tells. */
  public void onChanges(MemberId from, Changes changes, long now) {
    Feed feed = feeds.get(changes.partition());
    if (feed == null) {
      // It does not know yet that nobody listens here any more.
      output.send(from, new ChangesWanted(changes.partition(), ++round, -1, false, List.of()));
      return;
    }
    feed.heard |= from.equals(feed.primary());
    if (feed.position < 0) {
      if (changes.after() >= 0 || changes.round() < feed.created) {
        return; // about an earlier interest of this member
      }
    } else if (changes.after() < 0) {
      tell(feed, from);
      return;
    } else if (changes.after() > feed.position && rules.changesAreContiguous()) {
      if (!feed.again) {
        feed.again = true;
        ask(feed, now);
      }
      return;
    }
    take(feed, from, changes, now);
  }

  private void take(Feed feed, MemberId from, Changes changes, long now) {
    long missedFrom = Math.max(feed.position, feed.missed);
    if (feed.position >= 0 && changes.missedUpTo() > missedFrom) {
      feed.missed = changes.missedUpTo();
      output.missed(feed.partition, missedFrom, changes.missedUpTo());
    }
    feed.again = false;
    for (Change change : changes.changes()) {
      boolean news = change.index() > feed.position || !rules.changesAreTakenOnce();
      if (news && feed.wishes.containsKey(change.key().cache())) {
        if (!output.take(feed.partition, change)) {
          feed.again = true;
          feed.askAt = now + retransmit;
          return;
        }
        feed.untold++;
        feed.position = Math.max(feed.position, change.index());
      }
    }
    if (changes.upTo() > feed.position || feed.untold > 0) {
      feed.untold++;
    }
    feed.position = Math.max(feed.position, changes.upTo());
    feed.confirmed = Math.max(feed.confirmed, changes.round());
    if (!feed.waits()) {
      feed.repeats = 0;
    }
    output.covered(feed.partition, feed.position);
    if (feed.untold >= TELL_AFTER) {
      tell(feed, from);
    }
  }

  private void tell(Feed feed, MemberId primary) {
    feed.untold = 0;
    output.send(primary, new ChangesTaken(feed.partition, feed.position));
  }

  /** The table changed: new primaries and replicas are told what is wanted. */
  public void onRoutesChanged(long now) {
    for (Feed feed : feeds.values()) {
      List<MemberId> before = feed.replicas;
      MemberId primary = feed.primary();
      feed.replicas = replicas.of(feed.partition);
      feed.heard &= Objects.equals(primary, feed.primary());
      if (!feed.replicas.equals(before)) {
        feed.repeats = 0;
        ask(feed, now);
      }
    }
  }

  /** Lets time pass; returns whether it waits for an answer. */
  public boolean onTick(long now) {
    boolean waits = false;
    for (Feed feed : feeds.values()) {
      if (feed.untold > 0 && feed.primary() != null) {
        tell(feed, feed.primary());
      }
      if (now >= feed.askAt) {
        feed.repeats++;
        ask(feed, now);
      }
      waits |= feed.waits();
    }
    return waits;
  }

  private void ask(Feed feed, long now) {
    feed.replicas = replicas.of(feed.partition);
    feed.askAt =
        now
            + (feed.waits()
                ? retransmit << Math.min(feed.repeats, 4)
                : retransmit * RENEWAL + feed.partition % RENEWAL * (retransmit / RENEWAL));
    List<CacheInterest> wanted = new ArrayList<>(feed.wishes.size());
    feed.wishes.forEach(
        (cache, wish) ->
            wanted.add(
                new CacheInterest(
                    cache,
                    wish.previous(),
                    wish.introduced(),
                    wish.introduced() > feed.confirmed)));
    ChangesWanted word =
        new ChangesWanted(feed.partition, round, feed.position, feed.again, wanted);
    feed.untold = 0;
    for (MemberId replica : feed.replicas) {
      output.send(replica, word);
    }
  }
}
