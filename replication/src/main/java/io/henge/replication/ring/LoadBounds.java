package io.henge.replication.ring;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * How many replicas each member is to hold, and how many of one partition each zone.
 *
 * <p>A member's share is proportional to its weight, as far as it can hold at most one replica of a
 * partition. Zones bend the shares: the zones of one partition's replicas are to be as many as
 * possible, so a small zone gets more than its weight says, though never more than {@value
 * #ZONE_SKEW} times (a zone that lost most of its members must not crush the last one); beyond that
 * some partitions keep two replicas in one zone.
 *
 * <p>The real-valued shares are a solution of the placement in fractions, so by the integrality of
 * flows one in whole replicas exists within these bounds, which are the shares rounded down and up.
 *
 * @param low the least number of replicas of each member
 * @param high the greatest
 * @param zoneOf the zone of each member, as an index
 * @param zoneLow the least number of replicas of one partition in each zone
 * @param zoneHigh the greatest
 */
record LoadBounds(int[] low, int[] high, int[] zoneOf, int[] zoneLow, int[] zoneHigh) {

  private static final double ZONE_SKEW = 2.0;

  /** Shares this close to a whole number are meant to be that number. */
  private static final double ROUNDING = 1e-6;

  /**
   * Computes the bounds.
   *
   * @param members in the order of their ids, at least {@code copies}
   */
  static LoadBounds of(int partitions, int copies, List<RingMember> members) {
    List<String> zones = members.stream().map(RingMember::zone).distinct().sorted().toList();
    int[] zoneOf =
        members.stream()
            .mapToInt(member -> Collections.binarySearch(zones, member.zone()))
            .toArray();
    double total = (double) partitions * copies;
    double[] weights = members.stream().mapToDouble(RingMember::weight).toArray();
    double[] most = new double[weights.length];
    Arrays.fill(most, partitions);
    double[] shares = new double[weights.length];
    Zone.of(IntStream.range(0, weights.length).toArray(), weights, most).spread(total, shares);
    if (zones.size() == 1) {
      return rounded(partitions, shares, zoneOf, 1);
    }
    for (int member = 0; member < most.length; member++) {
      most[member] = Math.min(partitions, ZONE_SKEW * shares[member]);
    }
    List<Zone> contents =
        IntStream.range(0, zones.size())
            .mapToObj(zone -> Zone.of(membersOf(zone, zoneOf), weights, most))
            .toList();
    double[] zoneShares = zoneShares(contents, partitions, total);
    for (int zone = 0; zone < contents.size(); zone++) {
      contents.get(zone).spread(zoneShares[zone], shares);
    }
    return rounded(partitions, shares, zoneOf, zones.size());
  }

  /**
   * Cuts {@code total} into shares of zones. At level n a zone holds at most n replicas of each
   * partition; the first level that has room for all is taken, and no zone gets less than the level
   * before had room for.
   */
  private static double[] zoneShares(List<Zone> zones, int partitions, double total) {
    double[] least = new double[zones.size()];
    for (int level = 1; ; level++) {
      double[] most = new double[zones.size()];
      double room = 0;
      double roomEver = 0;
      for (int zone = 0; zone < most.length; zone++) {
        most[zone] = Math.min((double) level * partitions, zones.get(zone).mostTotal());
        room += most[zone];
        roomEver += zones.get(zone).mostTotal();
      }
      if (room >= total - ROUNDING || room >= roomEver - ROUNDING) {
        return clippedShares(zones, least, most, total);
      }
      least = most;
    }
  }

  private static double[] clippedShares(
      List<Zone> zones, double[] least, double[] most, double total) {
    double fullScale = zones.stream().mapToDouble(Zone::fullScale).max().orElse(0);
    double scale =
        scaleFor(
            total, fullScale, tried -> Arrays.stream(clipped(zones, least, most, tried)).sum());
    return clipped(zones, least, most, scale);
  }

  private static double[] clipped(List<Zone> zones, double[] least, double[] most, double scale) {
    double[] shares = new double[zones.size()];
    for (int zone = 0; zone < shares.length; zone++) {
      shares[zone] = Math.min(Math.max(zones.get(zone).totalAt(scale), least[zone]), most[zone]);
    }
    return shares;
  }

  /**
   * Finds by bisection the scale at which a growing function reaches {@code total}. The same
   * operations on the same doubles on every member, hence the same result.
   */
  private static double scaleFor(double total, double fullScale, DoubleUnaryOperator function) {
    double low = 0;
    double high = fullScale;
    double middle = low + (high - low) / 2;
    while (middle > low && middle < high) {
      if (function.applyAsDouble(middle) < total) {
        low = middle;
      } else {
        high = middle;
      }
      middle = low + (high - low) / 2;
    }
    return high;
  }

  private static LoadBounds rounded(int partitions, double[] shares, int[] zoneOf, int zones) {
    int[] low = new int[shares.length];
    int[] high = new int[shares.length];
    double[] zoneShares = new double[zones];
    for (int member = 0; member < shares.length; member++) {
      low[member] = down(shares[member]);
      high[member] = up(shares[member]);
      zoneShares[zoneOf[member]] += shares[member];
    }
    int[] zoneLow = new int[zones];
    int[] zoneHigh = new int[zones];
    for (int zone = 0; zone < zones; zone++) {
      zoneLow[zone] = down(zoneShares[zone] / partitions);
      zoneHigh[zone] = up(zoneShares[zone] / partitions);
    }
    return new LoadBounds(low, high, zoneOf, zoneLow, zoneHigh);
  }

  private static int down(double share) {
    return (int) Math.floor(share + ROUNDING);
  }

  private static int up(double share) {
    return (int) Math.ceil(share - ROUNDING);
  }

  private static int[] membersOf(int zone, int[] zoneOf) {
    return IntStream.range(0, zoneOf.length).filter(member -> zoneOf[member] == zone).toArray();
  }

  /** Some members: their indices and weights, and the most that each may hold. */
  private record Zone(int[] members, double[] weights, double[] most) {

    static Zone of(int[] members, double[] weights, double[] most) {
      return new Zone(
          members,
          Arrays.stream(members).mapToDouble(member -> weights[member]).toArray(),
          Arrays.stream(members).mapToDouble(member -> most[member]).toArray());
    }

    /** The most that all may hold. */
    double mostTotal() {
      return totalAt(fullScale());
    }

    /** The scale at which all hold the most. */
    double fullScale() {
      double scale = 0;
      for (int i = 0; i < members.length; i++) {
        scale = Math.max(scale, most[i] / weights[i]);
      }
      return scale;
    }

    /** What all hold when each holds its weight times {@code scale}, if it may. */
    double totalAt(double scale) {
      double sum = 0;
      for (int i = 0; i < members.length; i++) {
        sum += Math.min(weights[i] * scale, most[i]);
      }
      return sum;
    }

    /** Cuts {@code total} in proportion to the weights and writes each member's share. */
    void spread(double total, double[] shares) {
      double scale = scaleFor(total, fullScale(), this::totalAt);
      for (int i = 0; i < members.length; i++) {
        shares[members[i]] = Math.min(weights[i] * scale, most[i]);
      }
    }
  }
}
