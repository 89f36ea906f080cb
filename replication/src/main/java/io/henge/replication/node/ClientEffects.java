package io.henge.replication.node;

import io.henge.replication.partition.PartitionCodec;
import io.henge.replication.partition.PartitionMessage.Request;
import io.henge.replication.topology.MemberId;
import io.henge.replication.wire.WireWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What one step of the callers' session wants done: requests to send, callers to wake. It is
 * collected under the session's lock and done after the lock was given back, so that no caller
 * waits for it while another one writes to a socket. Requests of different steps may overtake each
 * other then; the network may do the same to them. Used by one thread at a time.
 */
final class ClientEffects {

  private static final int FRAME_BYTES = 48 * 1024;

  private record Sending(MemberId to, Request request) {}

  private record Report(Call call, Call.News news) {}

  private final List<Sending> sendings = new ArrayList<>(1);
  private final List<Report> reports = new ArrayList<>(1);
  private final List<DelayedOperation> delayed = new ArrayList<>(0);

  void send(MemberId to, Request request) {
    sendings.add(new Sending(to, request));
  }

  void report(Call call, Call.News news) {
    reports.add(new Report(call, news));
  }

  /** Notes an operation that ended late, to be told to whoever keeps the history. */
  void delayed(DelayedOperation operation) {
    delayed.add(operation);
  }

  /** What {@link #delayed} noted. */
  List<DelayedOperation> delayed() {
    return delayed;
  }

  boolean isEmpty() {
    return sendings.isEmpty() && reports.isEmpty();
  }

  /**
   * Does it all; requests to the same member leave in as few frames as they fit.
   *
   * @param own takes what is for this member itself
   */
  void run(MemberId self, Consumer<Request> own, BiConsumer<MemberId, WireWriter> transport) {
    if (sendings.size() == 1) {
      sendTo(sendings.get(0).to(), List.of(sendings.get(0).request()), self, own, transport);
    } else {
      Map<MemberId, List<Request>> byMember = new LinkedHashMap<>();
      for (Sending each : sendings) {
        byMember.computeIfAbsent(each.to(), member -> new ArrayList<>()).add(each.request());
      }
      byMember.forEach((member, requests) -> sendTo(member, requests, self, own, transport));
    }
    for (Report each : reports) {
      each.call().report(each.news());
    }
  }

  private static void sendTo(
      MemberId to,
      List<Request> requests,
      MemberId self,
      Consumer<Request> own,
      BiConsumer<MemberId, WireWriter> transport) {
    if (to.equals(self)) {
      requests.forEach(own);
    } else if (requests.size() == 1) {
      transport.accept(to, Frames.of(requests.get(0)));
    } else {
      sendInFrames(to, requests, transport);
    }
  }

  private static void sendInFrames(
      MemberId to, List<Request> requests, BiConsumer<MemberId, WireWriter> transport) {
    int from = 0;
    while (from < requests.size()) {
      int end = from;
      int bytes = 0;
      while (end < requests.size() && (end == from || bytes < FRAME_BYTES)) {
        bytes += PartitionCodec.estimate(requests.get(end++));
      }
      transport.accept(to, Frames.of(requests.subList(from, end)));
      from = end;
    }
  }
}
