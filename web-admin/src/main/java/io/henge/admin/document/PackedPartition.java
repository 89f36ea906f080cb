package io.henge.admin.document;

import io.henge.admin.cluster.Partition;
import io.henge.admin.cluster.View;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A partition as one short JSON array: the members' positions (the primary first, -1 where a wanted
 * copy has no member), then the epoch, then two bits for each copy, the first copy lowest: 0 in
 * sync, 1 learner, 2 no copy. Bits beyond 53 are written as a decimal string, since a browser's
 * numbers end there.
 */
final class PackedPartition {

  private static final int EXACT_BITS = 53;
  private static final int IN_SYNC = 0;
  private static final int LEARNER = 1;
  private static final int NONE = 2;

  private PackedPartition() {}

  static List<Object> pack(Partition partition, View view) {
    int present = partition.replicas().size();
    int length = Math.max(present, view.wantedCopies(partition.group()));
    List<Object> row = new ArrayList<>(length + 2);
    BigInteger bits = BigInteger.ZERO;
    for (int i = 0; i < length; i++) {
      int member = i < present ? partition.replicas().get(i) : -1;
      boolean gone = view.memberAt(member) == null;
      int state = gone ? NONE : i < partition.inSync() ? IN_SYNC : LEARNER;
      row.add(gone ? -1 : member);
      bits = bits.or(BigInteger.valueOf(state).shiftLeft(2 * i));
    }
    row.add(partition.epoch());
    row.add(bits.bitLength() > EXACT_BITS ? bits.toString() : (Object) bits.longValueExact());
    return row;
  }
}
