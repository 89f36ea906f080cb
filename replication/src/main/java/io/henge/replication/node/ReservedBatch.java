package io.henge.replication.node;

import io.henge.replication.node.EntryOutcome.Change;
import io.henge.replication.partition.ClientResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Several keys that one caller holds together while its code runs (PROTOCOL 4.12). They are
 * reserved one after the other: two callers whose keys overlap, in the same order, never wait for
 * each other in a circle. Used by one thread.
 */
final class ReservedBatch {

  private static final EntryOutcome NOTHING = new EntryOutcome(Change.NONE, null, null);

  private final ClientPlane plane;
  private final EntriesFunction function;

  /** Operations that have not ended. */
  private final Map<Call, Bytes> open = new LinkedHashMap<>();

  /** Those of them that wait for what the code does. */
  private final Set<Call> granted = new LinkedHashSet<>();

  ReservedBatch(ClientPlane plane, EntriesFunction function) {
    this.plane = plane;
    this.function = function;
  }

  /**
   * Reserves the keys, runs the code, and stores what it did. The lanes of the operations are the
   * caller's, who gives them back afterwards.
   *
   * @return the result of each key; or of one only, which could not be reserved: then nothing was
   *     run
   */
  List<ClientResult> run(List<ClientPlane.Item> reserves) {
    try {
      Map<Bytes, byte[]> present = new LinkedHashMap<>();
      for (ClientPlane.Item reserve : reserves) {
        Bytes key = new Bytes(reserve.key().bytes());
        Call call = plane.beginTaken(reserve);
        Call.News news = call.await();
        if (news instanceof Call.Ended refused) {
          return List.of(refused.result());
        }
        open.put(call, key);
        granted.add(call);
        present.put(key, ((Call.Granted) news).value());
      }
      Map<Bytes, EntryOutcome> outcomes = function.apply(present);
      open.forEach((call, key) -> complete(call, outcomes.get(key)));
      return awaitAll();
    } finally {
      giveUp();
    }
  }

  private List<ClientResult> awaitAll() {
    List<ClientResult> results = new ArrayList<>();
    for (Map.Entry<Call, Bytes> each : List.copyOf(open.entrySet())) {
      Call call = each.getKey();
      while (open.containsKey(call)) {
        Call.News news = call.await();
        if (news instanceof Call.Granted again) {
          granted.add(call);
          runAgain(call, each.getValue(), again.value());
        } else {
          open.remove(call);
          results.add(((Call.Ended) news).result());
        }
      }
    }
    return results;
  }

  /** The reservation of one key was lost, and the entry has changed meanwhile. */
  private void runAgain(Call call, Bytes key, byte[] value) {
    Map<Bytes, byte[]> present = new LinkedHashMap<>();
    present.put(key, value);
    complete(call, function.apply(present).get(key));
  }

  private void complete(Call call, EntryOutcome outcome) {
    granted.remove(call);
    plane.complete(call, outcome == null ? NOTHING : outcome);
  }

  /** After a refusal, or if the code threw: the reservations end without a change. */
  private void giveUp() {
    for (Call call : List.copyOf(open.keySet())) {
      if (granted.contains(call)) {
        complete(call, NOTHING);
      }
    }
    for (Call call : open.keySet()) {
      while (call.await() instanceof Call.Granted) {
        complete(call, NOTHING);
      }
    }
  }
}
