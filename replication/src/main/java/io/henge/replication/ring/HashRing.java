package io.henge.replication.ring;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The 64-bit ring of one group of partitions. Each partition is an arc and stands at its start;
 * each member owns {@value #TOKENS_PER_MEMBER} tokens at points that depend on nothing but its id
 * and the group. A partition's candidates are the members met clockwise from its point.
 *
 * <p>Points are unsigned: 0 is the top, and they grow clockwise. Immutable.
 */
public final class HashRing {

  /** How many points a member has on the ring; its weight acts through its bounds alone. */
  public static final int TOKENS_PER_MEMBER = 32;

  /**
   * A member's point on the ring.
   *
   * @param point where, unsigned
   * @param member whose
   */
  public record Token(long point, MemberId member) {}

  private final List<MemberId> members;

  // Points with the sign bit flipped, so that signed order is the order of unsigned points.
  private final long[] points;
  private final int[] owners;
  private final long[][] pointsOfMember;

  private HashRing(int group, List<MemberId> sortedMembers) {
    this.members = sortedMembers;
    int count = members.size() * TOKENS_PER_MEMBER;
    this.pointsOfMember = new long[members.size()][TOKENS_PER_MEMBER];
    List<OwnedPoint> tokens = new ArrayList<>(count);
    for (int member = 0; member < members.size(); member++) {
      for (int token = 0; token < TOKENS_PER_MEMBER; token++) {
        long point = flip(tokenPoint(group, members.get(member), token));
        pointsOfMember[member][token] = point;
        tokens.add(new OwnedPoint(point, member));
      }
      Arrays.sort(pointsOfMember[member]);
    }
    tokens.sort(null);
    this.points = new long[count];
    this.owners = new int[count];
    for (int i = 0; i < count; i++) {
      points[i] = tokens.get(i).point;
      owners[i] = tokens.get(i).owner;
    }
  }

  /**
   * Returns the ring of a group; the order of {@code members} does not matter.
   *
   * @param group salts the tokens, so that groups do not pile up on the same members
   * @param members who owns tokens, each once
   */
  public static HashRing of(int group, Collection<MemberId> members) {
    List<MemberId> sorted = members.stream().sorted().toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).equals(sorted.get(i - 1))) {
        throw new IllegalArgumentException("Member " + sorted.get(i) + " is on the ring twice.");
      }
    }
    return new HashRing(group, sorted);
  }

  /**
   * Returns where a partition's arc starts; it ends where the next one's starts.
   *
   * @param partition from 0 to {@code partitions} − 1
   * @param partitions how many arcs the ring is cut into, at least 1
   */
  public static long pointOf(int partition, int partitions) {
    if (partition < 0 || partition >= partitions) {
      throw new IllegalArgumentException(
          "Partition " + partition + " is not between 0 and " + (partitions - 1) + ".");
    }
    // The least point that KeyHash maps to the partition: partition * 2^64 / partitions, rounded
    // up, by 2^64 = quotient * partitions + remainder.
    long quotient = Long.divideUnsigned(-1L, partitions);
    long remainder = Long.remainderUnsigned(-1L, partitions) + 1;
    if (remainder == partitions) {
      quotient++;
      remainder = 0;
    }
    return partition * quotient + (partition * remainder + partitions - 1) / partitions;
  }

  /** All tokens, clockwise from point 0. */
  public List<Token> tokens() {
    List<Token> tokens = new ArrayList<>(points.length);
    for (int i = 0; i < points.length; i++) {
      tokens.add(new Token(flip(points[i]), members.get(owners[i])));
    }
    return List.copyOf(tokens);
  }

  /** All members, each once, in the order in which they are met clockwise from {@code point}. */
  public List<MemberId> clockwiseFrom(long point) {
    List<MemberId> met = new ArrayList<>(members.size());
    BitSet seen = new BitSet(members.size());
    walk(
        point,
        member -> {
          if (!seen.get(member)) {
            seen.set(member);
            met.add(members.get(member));
          }
          return met.size() == members.size();
        });
    return List.copyOf(met);
  }

  /** The members in the order of their ids; an index of the package-private methods points here. */
  List<MemberId> members() {
    return members;
  }

  /**
   * Offers the token owners clockwise from {@code point}, a member as often as it has tokens, until
   * {@code last} accepts one or the turn is complete.
   */
  void walk(long point, IntPredicate last) {
    int start = Arrays.binarySearch(points, flip(point));
    int first = start >= 0 ? start : -start - 1;
    for (int i = 0; i < points.length; i++) {
      int at = first + i;
      if (last.test(owners[at < points.length ? at : at - points.length])) {
        return;
      }
    }
  }

  /** How far it is clockwise from {@code point} to the member's next token, unsigned. */
  long distance(long point, int member) {
    long[] own = pointsOfMember[member];
    int start = Arrays.binarySearch(own, flip(point));
    int next = start >= 0 ? start : -start - 1;
    return own[next < own.length ? next : 0] - flip(point);
  }

  private static long tokenPoint(int group, MemberId member, int token) {
    long salt = KeyHash.mix(((long) group << 32) + token + 1);
    return KeyHash.mix(KeyHash.mix(salt ^ member.high()) ^ member.low());
  }

  private static long flip(long point) {
    return point ^ Long.MIN_VALUE;
  }

  /** Orders by point; two members on one point stand in the order of their ids. */
  private record OwnedPoint(long point, int owner) implements Comparable<OwnedPoint> {

    @Override
    public int compareTo(OwnedPoint other) {
      int byPoint = Long.compare(point, other.point);
      return byPoint != 0 ? byPoint : Integer.compare(owner, other.owner);
    }
  }
}
