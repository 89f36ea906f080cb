package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.membership.ClusterState;
import io.henge.replication.partition.ClientOperation;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.partition.Operation;
import io.henge.replication.ring.KeyHash;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.linearizability.Action;
import io.henge.replication.simulation.linearizability.HistoryRecorder;
import io.henge.replication.store.EntryKey;
import io.henge.replication.topology.Lifetimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One caller at a member: thinks, asks for something, waits for the end of it, and so on. */
final class Caller {

  private final SimulatedCluster cluster;
  private final SimulatedMember member;
  private final SeededRandom random;
  private final String name;
  private final List<String> seen = new ArrayList<>();
  private boolean waiting;

  /** Asks for one thing and no more. */
  private boolean once;

  Caller(SimulatedCluster cluster, SimulatedMember member, int number, SeededRandom random) {
    this.cluster = cluster;
    this.member = member;
    this.random = random;
    this.name = member + "." + number;
  }

  /** Works until the plan's operations are used up or its member is gone. */
  void work() {
    long pause = random.exponential((double) cluster.plan().thinkTime());
    cluster
        .events()
        .after(
            pause,
            () -> {
              if (member.present()) {
                member.process().step(this::operate);
              }
            });
  }

  /** Whether an operation is under way at a member that is still there. */
  boolean busy() {
    return waiting && member.present();
  }

  private void operate() {
    ClusterState state = member.state();
    if (state == null || state.caches().isEmpty()) {
      work();
      return;
    }
    if (!member.serves() || !cluster.takeOperation()) {
      return;
    }
    CacheDefinition cache = random.pick(List.copyOf(state.caches().values()));
    int key = random.below(cluster.plan().keys());
    if (cluster.plan().batchShare() > 0 && random.chance(cluster.plan().batchShare())) {
      new ReservedKeys(cluster, member, this, random).hold(cache);
    } else if (random.chance(cluster.plan().readShare())) {
      ask(cache, key, random.chance(0.85) ? new Action.Get() : new Action.ContainsKey());
    } else if (random.chance(0.02)) {
      clear(cache, key);
    } else {
      ask(cache, key, change());
    }
  }

  /** Reads a key if the member's own copy answers: what it answers counts, whoever it is. */
  void readLocally(CacheDefinition cache, int key) {
    EntryKey entry = new EntryKey(cache.id(), Processors.bytes(keyName(cache, key)));
    if (member.dataPlane().answersLocally(partition(cache, entry.bytes()), entry)) {
      ask(cache, key, new Action.Get());
    }
  }

  /** Whether it is a caller of {@code one}, and an operation is under way. */
  boolean waitsAt(SimulatedMember one) {
    return waiting && member == one;
  }

  /** Reads a key for the last time. */
  void readOnce(CacheDefinition cache, int key) {
    once = true;
    member.process().step(() -> ask(cache, key, new Action.Get()));
  }

  /** Gives a key its first value. */
  void putOnce(CacheDefinition cache, int key) {
    once = true;
    member.process().step(() -> ask(cache, key, new Action.Put(cluster.freshValue())));
  }

  private HistoryRecorder history() {
    return cluster.foundings().historyAt(member);
  }

  private Action change() {
    String fresh = cluster.freshValue();
    return switch (random.below(14)) {
      case 0, 1, 2 -> new Action.Put(fresh);
      case 3 -> new Action.GetAndPut(fresh);
      case 4 -> new Action.PutIfAbsent(fresh);
      case 5 -> new Action.Remove();
      case 6 -> new Action.GetAndRemove();
      case 7 -> new Action.RemoveIf(someSeen());
      case 8 -> new Action.Replace(fresh);
      case 9 -> new Action.GetAndReplace(fresh);
      case 10 -> new Action.ReplaceIf(someSeen(), fresh);
      default -> new Action.Append(fresh);
    };
  }

  private String someSeen() {
    return seen.isEmpty() ? "nothing" : seen.get(seen.size() - 1 - random.below(seen.size()));
  }

  static String keyName(CacheDefinition cache, int key) {
    return cache.name() + "/k" + key;
  }

  int partition(CacheDefinition cache, byte[] key) {
    int perGroup = cluster.plan().partitionsPerGroup();
    return cache.group() * perGroup + KeyHash.partition(key, perGroup);
  }

  private void ask(CacheDefinition cache, int key, Action action) {
    String keyName = keyName(cache, key);
    HistoryRecorder.Call call = history().begin(name, keyName, action, cluster.events().now());
    EntryKey entry = new EntryKey(cache.id(), Processors.bytes(keyName));
    int partition = partition(cache, entry.bytes());
    Lifetimes lifetimes = cluster.plan().memory().lifetimes(random);
    begin(partition, entry, operation(action, lifetimes), action, Map.of(keyName, call));
  }

  /** Clears one partition of a cache: for each of its keys a removal at some time meanwhile. */
  private void clear(CacheDefinition cache, int anyKey) {
    int partition = partition(cache, Processors.bytes(keyName(cache, anyKey)));
    Map<String, HistoryRecorder.Call> calls = new LinkedHashMap<>();
    for (int key = 0; key < cluster.plan().keys(); key++) {
      String keyName = keyName(cache, key);
      if (partition(cache, Processors.bytes(keyName)) == partition) {
        calls.put(
            keyName, history().begin(name, keyName, new Action.Clear(), cluster.events().now()));
      }
    }
    EntryKey entry = new EntryKey(cache.id(), new byte[0]);
    begin(partition, entry, new Operation.Clear(), new Action.Clear(), calls);
  }

  /** Something that takes several operations is under way, or over. */
  void waits(boolean now) {
    waiting = now;
    if (!now) {
      work();
    }
  }

  private void begin(
      int partition,
      EntryKey entry,
      Operation operation,
      Action action,
      Map<String, HistoryRecorder.Call> calls) {
    waiting = true;
    long begun = cluster.events().now();
    cluster.note(name, () -> operation + " on " + calls.keySet() + " in " + partition);
    member
        .dataPlane()
        .begin(
            partition,
            entry,
            operation,
            new DataPlane.Call() {
              @Override
              public void granted(ClientOperation reserved, byte[] value) {
                byte[] suffix = Processors.bytes(((Action.Append) action).suffix());
                long lifetime = cluster.plan().memory().lifetimes(random).creation();
                cluster.runAtCaller(
                    member,
                    () ->
                        member
                            .dataPlane()
                            .complete(reserved, Processors.append(value, suffix), lifetime));
              }

              @Override
              public void finished(ClientResult result) {
                waiting = false;
                cluster.waitJudge().ended(member, name, begun);
                if (action instanceof Action.Get) {
                  cluster.deadlineJudge().read(entry, result.value(), begun);
                }
                calls.values().forEach(call -> end(call, action, result));
                cluster.note(
                    name, () -> "= " + result.kind() + " " + Processors.text(result.value()));
                if (!once) {
                  work();
                }
              }
            });
  }

  private Operation operation(Action action, Lifetimes lifetimes) {
    if (action instanceof Action.Get) {
      return new Operation.Get(lifetimes.access());
    } else if (action instanceof Action.ContainsKey) {
      return new Operation.Get();
    } else if (action instanceof Action.Put put) {
      return new Operation.Put(Processors.bytes(put.value()), false, lifetimes);
    } else if (action instanceof Action.GetAndPut put) {
      return new Operation.Put(Processors.bytes(put.value()), true, lifetimes);
    } else if (action instanceof Action.PutIfAbsent put) {
      return new Operation.PutIfAbsent(Processors.bytes(put.value()), lifetimes);
    } else if (action instanceof Action.Remove) {
      return new Operation.Remove(false);
    } else if (action instanceof Action.GetAndRemove) {
      return new Operation.Remove(true);
    } else if (action instanceof Action.RemoveIf remove) {
      return new Operation.RemoveIfEquals(Processors.bytes(remove.expected()), lifetimes);
    } else if (action instanceof Action.Replace replace) {
      return new Operation.Replace(Processors.bytes(replace.value()), false, lifetimes);
    } else if (action instanceof Action.GetAndReplace replace) {
      return new Operation.Replace(Processors.bytes(replace.value()), true, lifetimes);
    } else if (action instanceof Action.ReplaceIf replace) {
      return new Operation.ReplaceIfEquals(
          Processors.bytes(replace.expected()), Processors.bytes(replace.value()), lifetimes);
    } else if (action instanceof Action.Append append) {
      return random.chance(0.5)
          ? new Operation.RunProcessor(Processors.bytes(append.suffix()))
          : new Operation.Reserve();
    }
    throw new IllegalArgumentException("no operation for " + action);
  }

  /** Tells the history, and the judge of runs in which nothing may fail. */
  void end(HistoryRecorder.Call call, Action action, ClientResult result) {
    long now = cluster.events().now();
    cluster.statistics().count("operations " + result.kind());
    boolean failed =
        result.kind() == ClientResult.Kind.NOT_DONE || result.kind() == ClientResult.Kind.UNKNOWN;
    if (failed && cluster.plan().nothingMayFail()) {
      cluster.plannedChangeJudge().failed(name, result);
    }
    switch (result.kind()) {
      case DONE, UNCHANGED -> {
        String told = told(action, result);
        if (cluster.foundings().isElsewhere(member)) {
          call.unknown(now); // it may have been before the cluster was founded again
        } else {
          call.done(told, now);
        }
      }
      case NOT_DONE, CACHE_DROPPED -> call.notDone(now);
      case UNKNOWN -> call.unknown(now);
    }
  }

  /** What the caller is told, in the words of the history. */
  private String told(Action action, ClientResult result) {
    String value = Processors.text(result.value());
    boolean done = result.kind() == ClientResult.Kind.DONE;
    if (value != null) {
      seen.add(value);
    }
    if (action instanceof Action.Put || action instanceof Action.Clear) {
      return null;
    }
    boolean tellsValue =
        action instanceof Action.Get
            || action instanceof Action.GetAndPut
            || action instanceof Action.GetAndRemove
            || action instanceof Action.GetAndReplace
            || action instanceof Action.Append;
    return tellsValue ? value : Boolean.toString(done);
  }

  @Override
  public String toString() {
    return name;
  }
}
