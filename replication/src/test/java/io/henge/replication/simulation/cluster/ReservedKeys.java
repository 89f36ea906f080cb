package io.henge.replication.simulation.cluster;

import io.henge.replication.membership.CacheDefinition;
import io.henge.replication.partition.ClientOperation;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.partition.Operation;
import io.henge.replication.simulation.SeededRandom;
import io.henge.replication.simulation.linearizability.Action;
import io.henge.replication.simulation.linearizability.HistoryRecorder;
import io.henge.replication.store.EntryKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Several keys that a caller holds together while its code runs, as the real node's batch does
 * (PROTOCOL 4.12): reserved one after the other, changed by one run of the code; a key whose
 * reservation was lost is changed by another run. If one cannot be reserved the others are left as
 * they are.
 */
final class ReservedKeys {

  private static final int MOST = 3;

  /** One key: what is asked of it, and how far that is. */
  private static final class Held {
    private final byte[] key;
    private final Action.Append action;
    private HistoryRecorder.Call call;
    private ClientOperation operation;
    private byte[] value;
    private boolean over;

    private Held(byte[] key, Action.Append action) {
      this.key = key;
      this.action = action;
    }
  }

  private final SimulatedCluster cluster;
  private final SimulatedMember member;
  private final Caller caller;
  private final SeededRandom random;
  private final List<Held> keys = new ArrayList<>();
  private CacheDefinition cache;
  private int begun;
  private boolean running;
  private boolean givenUp;

  ReservedKeys(
      SimulatedCluster cluster, SimulatedMember member, Caller caller, SeededRandom random) {
    this.cluster = cluster;
    this.member = member;
    this.caller = caller;
    this.random = random;
  }

  /** Reserves some keys of a cache, and changes all of them. */
  void hold(CacheDefinition of) {
    cache = of;
    int first = random.below(cluster.plan().keys());
    int count = Math.min(MOST, cluster.plan().keys());
    for (int i = 0; i < count; i++) {
      String name = Caller.keyName(cache, (first + i) % cluster.plan().keys());
      keys.add(new Held(Processors.bytes(name), new Action.Append(cluster.freshValue())));
    }
    keys.sort(
        Comparator.comparing(
            each -> each.key, cluster.parts().reservationOrder(caller.toString())));
    cluster.statistics().count("reservations of several keys");
    caller.waits(true);
    reserveNext();
  }

  private void reserveNext() {
    Held next = keys.get(begun++);
    next.call =
        cluster
            .foundings()
            .historyAt(member)
            .begin(
                caller.toString(), Processors.text(next.key), next.action, cluster.events().now());
    member
        .dataPlane()
        .begin(
            caller.partition(cache, next.key),
            new EntryKey(cache.id(), next.key),
            new Operation.Reserve(),
            new DataPlane.Call() {
              @Override
              public void granted(ClientOperation operation, byte[] value) {
                next.operation = operation;
                next.value = value;
                goOn(next);
              }

              @Override
              public void finished(ClientResult result) {
                ReservedKeys.this.finished(next, result);
              }
            });
  }

  /** A key is reserved. */
  private void goOn(Held held) {
    if (givenUp) {
      leave(held);
    } else if (running) {
      cluster.statistics().count("keys of several whose reservation was lost");
      run(List.of(held));
    } else if (begun < keys.size()) {
      reserveNext();
    } else {
      running = true;
      run(keys);
    }
  }

  private void run(List<Held> together) {
    cluster.runAtCaller(member, () -> together.forEach(this::complete));
  }

  private void complete(Held held) {
    if (held.over) {
      return; // it took so long that the operation ended without it
    }
    byte[] next = Processors.append(held.value, Processors.bytes(held.action.suffix()));
    long lifetime = cluster.plan().memory().lifetimes(random).creation();
    member.dataPlane().complete(held.operation, next, lifetime);
  }

  private void leave(Held held) {
    member.dataPlane().leaveUnchanged(held.operation);
  }

  private void finished(Held held, ClientResult result) {
    held.over = true;
    if (running) {
      caller.end(held.call, held.action, result);
    } else {
      held.call.notDone(cluster.events().now());
      giveUp();
    }
    if (keys.subList(0, begun).stream().allMatch(each -> each.over)) {
      caller.waits(false);
    }
  }

  /** Nothing was run: those that are held are left unchanged, and nothing failed. */
  private void giveUp() {
    if (!givenUp) {
      givenUp = true;
      if (cluster.plan().nothingMayFail()) {
        throw new RuleBroken("4.12", caller + " could not reserve its keys though nothing failed");
      }
      keys.subList(0, begun).stream().filter(each -> !each.over).forEach(this::leave);
    }
  }
}
