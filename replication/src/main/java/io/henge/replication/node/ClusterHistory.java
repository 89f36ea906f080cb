package io.henge.replication.node;

import io.henge.replication.insight.EntryHistory;
import io.henge.replication.insight.SlotOutcome;
import io.henge.replication.insight.StateHistory;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Command;
import io.henge.replication.membership.ControlEvent;
import io.henge.replication.membership.LogEntry;
import io.henge.replication.membership.Member;
import io.henge.replication.node.management.EventView;
import io.henge.replication.node.management.FailoverView;
import io.henge.replication.topology.MemberId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What this member saw happen, bounded: events of the log and of its own control plane, and the
 * failovers. Thread-safe. Durations come from this member's monotonic clock only; the wall clock is
 * for people.
 */
final class ClusterHistory {

  private static final int EVENTS = 2000;
  private static final int FAILOVERS = 100;

  /** Members that are gone and whose names are still known. */
  private static final int REMEMBERED_NAMES = 200;

  private final Runnable changed;
  private final Deque<EventView> events = new ArrayDeque<>();
  private final Deque<FailoverRecord> failovers = new ArrayDeque<>();
  private final Map<MemberId, String> names = new HashMap<>();

  /** The texts of members' ids, one for all events about a member. */
  private final Map<MemberId, String> ids = new HashMap<>();

  private final Map<MemberId, Long> suspectedAt = new HashMap<>();
  private final StateHistory states = new StateHistory();
  private final EntryHistory entries = new EntryHistory();
  private volatile Predicate<DelayedOperation> notCallers = operation -> false;
  private long number;
  private long appliedMillis;

  /** {@code changed} is called after each change, without a lock; it must be quick. */
  ClusterHistory(Runnable changed) {
    this.changed = changed;
  }

  /** Notes what the control plane says. */
  void onEvent(ControlEvent event, long now) {
    synchronized (this) {
      if (event.kind() == ControlEvent.Kind.SUSPECTED && event.about() != null) {
        suspectedAt.putIfAbsent(event.about(), now);
      }
      add(-1, event.kind().name(), event.about(), event.text());
    }
    changed.run();
  }

  /** Notes a rumour of a death, for the length of the first phase. */
  synchronized void onConnectionLost(MemberId peer, long now) {
    suspectedAt.putIfAbsent(peer, now);
  }

  /**
   * Notes a slot that is about to be applied to the partitions, so that what they then tell finds
   * its failover; {@link #onRolesTaken} must follow.
   */
  void onApplied(ClusterState before, ClusterState after, List<Command> commands, long now) {
    synchronized (this) {
      appliedMillis = System.currentTimeMillis();
      states.add(after);
      rememberNames(before, after);
      Map<String, Long> repeated = new HashMap<>();
      for (Command command : commands) {
        note(before, after, command, repeated, now);
      }
      repeated.forEach(
          (kind, count) -> add(after.slot(), kind, null, CommandText.ofMany(kind, count)));
      if (before != null) {
        noteOutcome(SlotOutcome.of(before, after), after.slot(), commands);
      }
      suspectedAt.keySet().retainAll(after.members().keySet());
      failovers.forEach(failover -> failover.onApplied(after, commands, now));
    }
  }

  private void rememberNames(ClusterState before, ClusterState after) {
    for (Member member : after.members().values()) {
      names.put(member.id(), member.name());
    }
    if (names.size() > REMEMBERED_NAMES + after.members().size()) {
      Set<MemberId> present = new HashSet<>(after.members().keySet());
      if (before != null) {
        present.addAll(before.members().keySet()); // of whom this slot may tell
      }
      names.keySet().retainAll(present);
      ids.keySet().retainAll(present);
    }
  }

  /** Keeps a slot as the log has it. */
  synchronized void onEntry(LogEntry entry) {
    entries.add(entry);
  }

  synchronized List<LogEntry> entriesAfter(long slot, int limit) {
    return entries.after(slot, limit);
  }

  /** What a slot came to for the partitions, beside what was decided. */
  private void noteOutcome(SlotOutcome outcome, long slot, List<Command> commands) {
    MemberId about =
        commands.stream()
            .map(CommandText::member)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (!outcome.tookOver().isEmpty()) {
      add(
          slot,
          "PROMOTED",
          about,
          CommandText.partitions(outcome.tookOver().size()) + ": a backup took over");
    }
    if (!outcome.lost().isEmpty()) {
      add(
          slot,
          "LOST",
          about,
          CommandText.partitions(outcome.lost().size())
              + " lost the last in-sync copy, and all entries in it: "
              + CommandText.some(outcome.lost()));
    }
  }

  /**
   * The slot was applied to this member's partitions: they have the roles that it gives them. Tells
   * whoever watches that something has changed.
   */
  void onRolesTaken(long slot, long now) {
    synchronized (this) {
      failovers.forEach(failover -> failover.onRolesTaken(slot, now));
    }
    changed.run();
  }

  /** The state after a slot, null if it is not kept. */
  synchronized ClusterState at(long slot) {
    return states.at(slot);
  }

  /** The oldest slot that is kept, -1 if none is. */
  synchronized long oldestSlot() {
    return states.oldestSlot();
  }

  /** When a slot was applied here, wall clock, as far as an event tells; 0 if none does. */
  synchronized long millisOf(long slot) {
    long millis = 0;
    for (EventView event : events) {
      if (event.getSlot() >= 0 && event.getSlot() <= slot) {
        millis = event.getTimeMillis();
      }
    }
    return millis;
  }

  private void note(
      ClusterState before,
      ClusterState after,
      Command command,
      Map<String, Long> repeated,
      long now) {
    String kind = command.getClass().getSimpleName();
    String text = CommandText.of(command, this::nameOf);
    if (text == null) {
      // One line for the moves of many partitions.
      repeated.merge(kind, command instanceof Command.NoteLoss n ? n.atMost() : 1L, Long::sum);
      return;
    }
    MemberId about = CommandText.member(command);
    add(after.slot(), kind, about, text);
    if (before != null && about != null && before.members().containsKey(about)) {
      FailoverRecord failover =
          FailoverRecord.of(
              command, before, after, this::nameOf, suspectedAt.get(about), appliedMillis, now);
      if (failover != null) {
        failovers.addFirst(failover);
        if (failovers.size() > FAILOVERS) {
          failovers.removeLast();
        }
      }
    }
  }

  /** A partition whose primary moved here may commit from now on. */
  void onBarrierPassed(int partition, long epoch, long now) {
    boolean noted = false;
    synchronized (this) {
      for (FailoverRecord failover : failovers) {
        noted |= failover.onBarrierPassed(partition, epoch, now);
      }
    }
    if (noted) {
      changed.run();
    }
  }

  /** Has others look first at the operations that had to be tried again, and take theirs. */
  void except(Predicate<DelayedOperation> others) {
    notCallers = others;
  }

  /** An operation of a caller here had to be tried again: perhaps because of a failover. */
  void onDelayed(DelayedOperation operation) {
    if (!notCallers.test(operation)) {
      note(operation);
    }
  }

  private synchronized void note(DelayedOperation operation) {
    failovers.forEach(failover -> failover.onDelayed(operation));
  }

  /** Number of the newest event. */
  synchronized long newest() {
    return number;
  }

  /** When the last slot was applied, wall clock. */
  synchronized long appliedMillis() {
    return appliedMillis;
  }

  synchronized EventView[] eventsAfter(long after, int limit) {
    List<EventView> found = new ArrayList<>();
    for (EventView event : events) {
      if (event.getNumber() > after && found.size() < limit) {
        found.add(event);
      }
    }
    return found.toArray(EventView[]::new);
  }

  synchronized FailoverView[] failovers() {
    return failovers.stream().map(FailoverRecord::view).toArray(FailoverView[]::new);
  }

  private void add(long slot, String kind, MemberId about, String text) {
    events.addLast(
        new EventView(
            ++number, System.currentTimeMillis(), slot, kind, textOf(about), nameOf(about), text));
    if (events.size() > EVENTS) {
      events.removeFirst();
    }
  }

  private String textOf(MemberId member) {
    if (member == null) {
      return "";
    }
    return names.containsKey(member)
        ? ids.computeIfAbsent(member, MemberId::toString)
        : member.toString();
  }

  private String nameOf(MemberId member) {
    return member == null ? "" : names.getOrDefault(member, member.abbreviated());
  }
}
