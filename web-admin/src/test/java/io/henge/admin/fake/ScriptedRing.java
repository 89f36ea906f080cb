package io.henge.admin.fake;

import io.henge.replication.node.management.ClusterView;
import io.henge.replication.node.management.KeyLocation;
import io.henge.replication.node.management.MemberView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The scripted cluster's members and partitions; not thread-safe. */
final class ScriptedRing {

  private static final int MOST_VOTERS = 5;
  private static final int TOKENS = 14;

  final int copies;
  final ScriptedLog log = new ScriptedLog();
  private long slot;
  private long appliedMillis = System.currentTimeMillis();
  private final List<Partition> partitions = new ArrayList<>();
  private final Set<String> members = new LinkedHashSet<>();
  private final Set<String> suspended = new LinkedHashSet<>();
  private final Set<String> draining = new LinkedHashSet<>();

  /** What a drained member held, by partition. */
  private final Map<String, List<Integer>> handedOver = new LinkedHashMap<>();

  private final List<String> voters = new ArrayList<>();
  private String leader;

  /** What went with a member. */
  record Loss(String member, int primaries, int copies) {}

  private static final class Partition {
    long epoch = 1;
    final List<String> inSync = new ArrayList<>();
    final List<String> learners = new ArrayList<>();
  }

  ScriptedRing(int partitions, int copies) {
    this.copies = copies;
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new Partition());
    }
  }

  long slot() {
    return slot;
  }

  /** Another one for each slot, and for a script that was begun anew. */
  String version() {
    return slot + " " + appliedMillis + " " + System.identityHashCode(this);
  }

  /** The first slot of the script; what was before is not kept. */
  void beginAt(long first) {
    slot = first - 1;
    advanceTo(first);
  }

  void advanceTo(long next) {
    while (slot < next) {
      log.append(++slot);
    }
    appliedMillis = System.currentTimeMillis();
  }

  static String id(String member) {
    return UUID.nameUUIDFromBytes(member.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toString();
  }

  void add(String member) {
    members.add(member);
    if (voters.size() < MOST_VOTERS) {
      voters.add(member);
    }
  }

  /** Fills every partition from a ring of tokens, passing over members that have enough. */
  void place() {
    int mostPrimaries = partitions.size() * 108 / 100 / members.size() + 1;
    for (int p = 0; p < partitions.size(); p++) {
      Partition partition = partitions.get(p);
      for (String member : clockwise(p)) {
        boolean full = partition.inSync.isEmpty() && primaries(member) >= mostPrimaries;
        if (partition.inSync.size() < copies && !full) {
          partition.inSync.add(member);
        }
      }
    }
  }

  private List<String> clockwise(int partition) {
    record Token(long at, String member) {}
    List<Token> tokens = new ArrayList<>();
    for (String member : members) {
      for (int k = 0; k < TOKENS; k++) {
        tokens.add(new Token(mix((member + "#" + k).hashCode()), member));
      }
    }
    long from = (1L << 32) / partitions.size() * partition;
    tokens.sort(
        java.util.Comparator.comparingLong(token -> (token.at - from + (1L << 32)) % (1L << 32)));
    Set<String> order = new LinkedHashSet<>();
    tokens.forEach(token -> order.add(token.member));
    return List.copyOf(order);
  }

  private static long mix(int hash) {
    int h = hash * 0x9E3779B9;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    return (h ^ (h >>> 16)) & 0xFFFFFFFFL;
  }

  Loss remove(String member) {
    members.remove(member);
    int primaries = 0;
    int lost = 0;
    for (Partition partition : partitions) {
      boolean primary = partition.inSync.indexOf(member) == 0;
      boolean synced = partition.inSync.remove(member);
      if (partition.learners.remove(member) || synced) {
        lost++;
        partition.epoch = slot;
        primaries += primary ? 1 : 0;
      }
    }
    return new Loss(member, primaries, lost);
  }

  /** What a member holds, which others would miss. */
  Loss lossOf(String memberId) {
    String member = named(memberId);
    int copies = (int) partitions.stream().filter(p -> p.inSync.contains(member)).count();
    return new Loss(member, primaries(member), copies);
  }

  /** A suspended member catches up at once. */
  void resume(String member) {
    suspended.remove(member);
    for (Partition partition : partitions) {
      if (partition.learners.remove(member)) {
        partition.inSync.add(member);
        partition.epoch = slot;
      }
    }
  }

  void suspend(String member) {
    suspended.add(member);
    for (Partition partition : partitions) {
      if (partition.inSync.size() > 1 && partition.inSync.remove(member)) {
        partition.learners.add(member);
        partition.epoch = slot;
      }
    }
  }

  /**
   * Those that are left become all members, and those of them that voted the voters.
   *
   * @return how many partitions have no copy in sync then
   */
  int foundAgain(List<String> left) {
    membersWithout(left).forEach(this::remove);
    voters.retainAll(left);
    return (int) partitions.stream().filter(partition -> partition.inSync.isEmpty()).count();
  }

  /** The names of all members but some. */
  List<String> membersWithout(List<String> others) {
    return members.stream().filter(member -> !others.contains(member)).toList();
  }

  /** The names of members, in the order of the ring. */
  List<String> named(List<String> memberIds) {
    List<String> names = memberIds.stream().map(this::named).toList();
    return members.stream().filter(names::contains).toList();
  }

  private String named(String memberId) {
    return members.stream()
        .filter(name -> id(name).equals(memberId))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no member has the id " + memberId));
  }

  private String leader() {
    if (leader == null || !members.contains(leader)) {
      leader = List.copyOf(members).get(members.size() > 1 ? 1 : 0);
    }
    return leader;
  }

  /** Lets the next voter lead; its name. */
  String stepDown(String leaderId) {
    if (!id(leader()).equals(leaderId)) {
      throw new IllegalStateException(named(leaderId) + " does not lead");
    }
    leader = voters.get((voters.indexOf(leader()) + 1) % voters.size());
    return leader;
  }

  /** Makes a member the primary of a partition; its name. */
  String lead(int number, long epoch, String memberId) {
    Partition partition = partitions.get(number);
    String member = named(memberId);
    if (partition.epoch != epoch || !partition.inSync.remove(member)) {
      throw new IllegalStateException(member + " cannot lead partition " + number);
    }
    partition.inSync.add(0, member);
    partition.epoch = slot;
    return member;
  }

  /** Marks a member as draining, or not; its name. */
  String drain(String memberId, boolean draining) {
    String member = named(memberId);
    if (draining) {
      this.draining.add(member);
      handOver(member);
    } else {
      this.draining.remove(member);
      takeBack(member);
    }
    return member;
  }

  /** All of its copies go to the next member clockwise that has none. */
  private void handOver(String member) {
    List<Integer> held = handedOver.computeIfAbsent(member, key -> new ArrayList<>());
    for (int p = 0; p < partitions.size(); p++) {
      List<String> inSync = partitions.get(p).inSync;
      String heir =
          clockwise(p).stream().filter(other -> !inSync.contains(other)).findFirst().orElse(null);
      if (inSync.contains(member) && heir != null) {
        inSync.remove(member);
        inSync.add(heir);
        partitions.get(p).epoch = slot;
        held.add(p);
      }
    }
  }

  private void takeBack(String member) {
    for (int p : handedOver.getOrDefault(member, List.of())) {
      List<String> inSync = partitions.get(p).inSync;
      inSync.set(inSync.size() - 1, member);
      partitions.get(p).epoch = slot;
    }
    handedOver.remove(member);
  }

  boolean startLearners(int most) {
    int started = 0;
    for (int p = 0; p < partitions.size() && started < most; p++) {
      Partition partition = partitions.get(p);
      for (String member : clockwise(p)) {
        boolean holds = partition.inSync.contains(member) || partition.learners.contains(member);
        if (!holds && partition.inSync.size() + partition.learners.size() < copies) {
          partition.learners.add(member);
          started++;
        }
      }
    }
    return started > 0;
  }

  int finishLearners(int most) {
    int finished = 0;
    for (Partition partition : partitions) {
      while (!partition.learners.isEmpty() && finished < most) {
        partition.inSync.add(partition.learners.remove(0));
        partition.epoch = slot;
        finished++;
      }
    }
    return finished;
  }

  KeyLocation locate(String keyHex) {
    int number = Math.floorMod(mix(keyHex.hashCode()), partitions.size());
    Partition partition = partitions.get(number);
    List<String> inSync = partition.inSync.stream().map(ScriptedRing::id).toList();
    return new KeyLocation(
        number,
        String.format("%016x", mix(keyHex.hashCode())),
        inSync.get(0),
        inSync.toArray(String[]::new),
        partition.learners.stream().map(ScriptedRing::id).toArray(String[]::new),
        true,
        true,
        false);
  }

  private int primaries(String member) {
    return (int) partitions.stream().filter(p -> p.inSync.indexOf(member) == 0).count();
  }

  private MemberView member(String name, String self) {
    int backups = (int) partitions.stream().filter(p -> p.inSync.indexOf(name) > 0).count();
    int learners = (int) partitions.stream().filter(p -> p.learners.contains(name)).count();
    int number = List.copyOf(members).indexOf(name);
    return new MemberView(
        id(name),
        name,
        "10.0.1." + (11 + number) + ":7800",
        "eu-1" + (char) ('a' + number % 3),
        "DATA",
        suspended.contains(name) ? "SUSPENDED" : draining.contains(name) ? "DRAINING" : "ACTIVE",
        voters.contains(name),
        name.equals(self),
        1.0,
        primaries(name),
        backups,
        learners);
  }

  ClusterView view(String self) {
    List<String> order = List.copyOf(members);
    long[][] rows = new long[partitions.size()][];
    for (int p = 0; p < rows.length; p++) {
      Partition partition = partitions.get(p);
      List<String> replicas = new ArrayList<>(partition.inSync);
      replicas.addAll(partition.learners);
      rows[p] = new long[3 + replicas.size()];
      rows[p][1] = partition.epoch;
      rows[p][2] = partition.inSync.size();
      for (int i = 0; i < replicas.size(); i++) {
        rows[p][3 + i] = order.indexOf(replicas.get(i));
      }
    }
    return new ClusterView(
        slot,
        appliedMillis,
        id(leader()),
        "7." + 1,
        voters.stream().map(ScriptedRing::id).toArray(String[]::new),
        partitions.size(),
        new int[] {copies},
        order.stream().map(name -> member(name, self)).toArray(MemberView[]::new),
        rows,
        log.chain());
  }
}
