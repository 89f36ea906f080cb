package io.henge.admin.cluster;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param number counts the answering member's events, from 1
 * @param time when that member saw it
 * @param slot the slot it belongs to, -1 if it is not in the log
 * @param kind what kind, for instance Suspend or LEADER_CHANGED
 * @param memberId the member concerned; empty if none
 * @param memberName its name; empty if none
 * @param text one plain sentence
 */
public record Event(
    long number,
    Instant time,
    long slot,
    String kind,
    String memberId,
    String memberName,
    String text) {}
