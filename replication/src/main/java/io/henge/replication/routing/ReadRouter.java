package io.henge.replication.routing;

import io.henge.replication.topology.MemberId;
import io.henge.replication.topology.PartitionAssignment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Chooses the copy that a read asks, for one cache at one member: the only place that does.
 * Thread-safe if the source of chance is.
 */
public final class ReadRouter {

  private final MemberId self;
  private final ReadPolicy policy;
  private final MemberLoads loads;
  private final DoubleSupplier chance;

  /** Whose turn it is, by partition: one counter for all would lock step with a caller's habit. */
  private final AtomicIntegerArray turns;

  private volatile Map<MemberId, Double> pulls = Map.of();

  /**
   * Creates a router.
   *
   * @param partitions partitions of the cache's group
   * @param loads how quickly members answer; shared by the caches of this member
   * @param chance uniform in 0 (inclusive) to 1 (exclusive)
   */
  public ReadRouter(
      MemberId self, ReadPolicy policy, int partitions, MemberLoads loads, DoubleSupplier chance) {
    this.self = self;
    this.policy = policy;
    this.loads = loads;
    this.chance = chance;
    this.turns = new AtomicIntegerArray(partitions);
  }

  /** How it chooses. */
  public ReadPolicy policy() {
    return policy;
  }

  /** How quickly members answer. */
  public MemberLoads loads() {
    return loads;
  }

  /**
   * Learns the members' weights, for {@link ReadPolicy#WEIGHTED}. A member draws reads in
   * proportion to its weight divided by the copies it holds: a heavy member holds more copies
   * already, and must not be counted twice for it.
   *
   * @param group the assignments of the cache's group
   * @param weight a member's weight, positive
   */
  public void weigh(Collection<PartitionAssignment> group, ToDoubleFunction<MemberId> weight) {
    Map<MemberId, Integer> copies = new HashMap<>();
    for (PartitionAssignment partition : group) {
      partition.inSync().forEach(member -> copies.merge(member, 1, Integer::sum));
    }
    Map<MemberId, Double> drawn = new HashMap<>();
    copies.forEach((member, count) -> drawn.put(member, weight.applyAsDouble(member) / count));
    pulls = drawn;
  }

  /**
   * Chooses a copy.
   *
   * @param partition the partition's number
   * @param copies its in-sync replicas, the primary first
   * @param asked those that were asked already
   * @return null if the policy knows nobody else to ask
   */
  public MemberId choose(
      int partition, List<MemberId> copies, Collection<MemberId> asked, long now) {
    if (policy == ReadPolicy.PRIMARY) {
      return copies.isEmpty() || asked.contains(copies.get(0)) ? null : copies.get(0);
    }
    List<MemberId> left = copies;
    if (!asked.isEmpty()) {
      left = new ArrayList<>(copies);
      left.removeAll(asked);
    }
    if (left.size() <= 1) {
      return left.isEmpty() ? null : left.get(0);
    }
    return switch (policy) {
      case PRIMARY -> throw new IllegalStateException("the primary was chosen before");
      case LOCAL_FIRST -> left.contains(self) ? self : lighterOfTwo(left, now);
      case ROUND_ROBIN -> left.get(Math.floorMod(turn(partition), left.size()));
      case RANDOM -> left.get(below(left.size()));
      case WEIGHTED -> byWeight(left);
      case LEAST_RESPONSE_TIME -> lighterOfTwo(left, now);
    };
  }

  private int turn(int partition) {
    return turns.getAndIncrement(partition % turns.length());
  }

  private int below(int bound) {
    return (int) (chance.getAsDouble() * bound);
  }

  /** Two by lot, this member always among them, and of these the better: no herd forms. */
  private MemberId lighterOfTwo(List<MemberId> left, long now) {
    int own = left.indexOf(self);
    int first = own >= 0 ? own : below(left.size());
    int second = below(left.size() - 1);
    second += second >= first ? 1 : 0;
    MemberId one = left.get(first);
    MemberId other = left.get(second);
    return loads.cost(one, now) <= loads.cost(other, now) ? one : other;
  }

  private MemberId byWeight(List<MemberId> left) {
    Map<MemberId, Double> drawn = pulls;
    double total = 0;
    for (MemberId member : left) {
      total += drawn.getOrDefault(member, 0.0);
    }
    if (total == 0) {
      return left.get(below(left.size())); // nobody's weight is known yet
    }
    double point = chance.getAsDouble() * total;
    for (MemberId member : left) {
      point -= drawn.getOrDefault(member, 0.0);
      if (point < 0) {
        return member;
      }
    }
    return left.get(left.size() - 1); // rounding
  }
}
