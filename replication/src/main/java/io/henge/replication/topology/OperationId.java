package io.henge.replication.topology;

/**
 * Names one operation of one caller, the same at each retry. A caller holds a <i>lane</i> while an
 * operation is under way, so a lane has at most one operation outstanding, and a replica needs to
 * remember only the newest sequence and result of each lane (the client table of Viewstamped
 * Replication Revisited, section 4.1).
 *
 * @param client the member whose caller issued the operation
 * @param lane the caller's lane, from 0
 * @param sequence counts the lane's operations, from 1
 */
public record OperationId(MemberId client, int lane, long sequence) {

  @Override
  public String toString() {
    return client.abbreviated() + "/" + lane + "#" + sequence;
  }
}
