/**
 * Multi-decree Paxos with a stable leader and one slot in flight: a log of opaque batches that all
 * members apply in the same order. Pure: no threads, clock, sockets or randomness of its own; may
 * use {@code topology} and {@code wire} only. PROTOCOL 4.1.
 *
 * <p>{@link io.henge.replication.consensus.PaxosReplica} is the door. Behind it each role has a
 * class: {@code Voter} over {@code Acceptor} answers candidates and leaders; {@code Election}
 * decides when to try, by pre-vote; {@code Proposer} runs a ballot; {@code Leadership} keeps it
 * alive; {@code Learner} and {@code ChosenLog} take in what was decided; {@code KnownLeader} is
 * whom to insist on. {@code Inbox} says what each message does, {@code Progress} what follows.
 *
 * <p>Why at most one batch is chosen per slot (I1): a voter answers Prepare and Accept only for the
 * slot right after its own log. So whoever takes part in a slot has decided the same slots before
 * it and knows the same configuration; both phases count a majority of that configuration's voters;
 * and each slot is one whole instance of single-decree Paxos. A ballot's promise is carried over to
 * the next slot only where the ballot itself decided the last one and the voters did not change.
 * The leader rules, the pre-vote and all times serve progress only.
 *
 * <p>The process keeps its promises in memory and never restarts under the same id (I2, I21).
 */
package io.henge.replication.consensus;
