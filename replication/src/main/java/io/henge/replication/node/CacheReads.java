package io.henge.replication.node;

import io.henge.replication.membership.ClusterState;
import io.henge.replication.membership.Member;
import io.henge.replication.partition.ClientResult;
import io.henge.replication.partition.Operation;
import io.henge.replication.partition.ReadAttempts;
import io.henge.replication.routing.MemberLoads;
import io.henge.replication.routing.ReadPolicy;
import io.henge.replication.routing.ReadRouter;
import io.henge.replication.store.EntryKey;
import io.henge.replication.store.StoredValue;
import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The reads of one cache by this member, under one id: its own copy where the policy says so and
 * the copy can tell, another member's otherwise. Thread-safe.
 */
final class CacheReads {

  private static final List<MemberId> NOBODY = List.of();

  private final Incarnation node;
  private final int group;
  private final MemberLoads loads;
  private final ReadRouter router;
  private volatile long weighedSlot = -1;

  CacheReads(Incarnation node, int group, int partitionsPerGroup, ReadPolicy policy) {
    this.node = node;
    this.group = group;
    this.loads = node.loads();
    this.router =
        new ReadRouter(
            node.self(),
            policy,
            partitionsPerGroup,
            loads,
            () -> ThreadLocalRandom.current().nextDouble());
  }

  /** The member whose reads these are: another one, once this was expelled. */
  Incarnation node() {
    return node;
  }

  /**
   * Reads this member's copy, or says whom to ask.
   *
   * @return exactly one of both
   */
  Choice choose(int partition, EntryKey key) {
    if (router.policy() == ReadPolicy.LOCAL_FIRST) {
      StoredValue here = node.data().read(partition, key);
      if (here != null) {
        return new Choice(here, null); // the shortest way there is: no clock, no table
      }
    }
    List<MemberId> copies = node.copies(partition);
    if (copies.isEmpty()) {
      return elsewhere(null);
    }
    if (router.policy() == ReadPolicy.WEIGHTED) {
      weigh(node.state());
    }
    long now = System.nanoTime();
    MemberId chosen = router.choose(partition, copies, NOBODY, now);
    if (!node.self().equals(chosen)) {
      return elsewhere(chosen);
    }
    if (router.policy() != ReadPolicy.LOCAL_FIRST) {
      StoredValue here = node.data().read(partition, key);
      if (here != null) {
        long end = System.nanoTime();
        loads.measured(chosen, end - now, end);
        return new Choice(here, null);
      }
    }
    // A write of the key is under way, or the lease has lapsed: the primary knows (PROTOCOL 4.7).
    return elsewhere(copies.get(0));
  }

  private Choice elsewhere(MemberId first) {
    return new Choice(null, new ReadAttempts(router, first));
  }

  private void weigh(ClusterState state) {
    if (state.slot() != weighedSlot) {
      weighedSlot = state.slot();
      router.weigh(
          state.groups().get(group).partitions(),
          member -> {
            Member known = state.members().get(member);
            return known == null ? 1 : known.weight();
          });
    }
  }

  /**
   * Where a read goes.
   *
   * @param here what this member's copy holds, null if another has to be asked
   * @param attempts the copies to ask, null if nobody has to be
   */
  record Choice(StoredValue here, ReadAttempts attempts) {

    ClientPlane.Item item(int partition, EntryKey key) {
      return new ClientPlane.Item(partition, key, new Operation.Get(), attempts);
    }
  }

  /** Asks others for one key. */
  ClientResult ask(int partition, EntryKey key, Choice choice) {
    return node.clients().call(choice.item(partition, key));
  }
}
