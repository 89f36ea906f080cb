package io.henge.arquillian.faults;

import io.henge.arquillian.faults.Recording.Operation;
import io.henge.arquillian.faults.Recording.Strike;
import io.henge.arquillian.network.NetworkHost;
import io.henge.arquillian.processes.Answer;
import io.henge.arquillian.processes.WorkerClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How long clients waited for their next acknowledged write: the time between two of them, their
 * own pauses and reads included. Computed when the run is over.
 */
final class Waits {

  /** The acknowledged writes of one client, by time, and when it stopped to look for more. */
  private record Acknowledgements(NetworkHost host, List<Long> times, boolean retired) {}

  private final List<Acknowledgements> clients = new ArrayList<>();
  private final long stoppedAt;

  Waits(Recording recording, long stoppedAt) {
    this.stoppedAt = stoppedAt;
    for (Map.Entry<WorkerClient, List<Operation>> each : recording.operations().entrySet()) {
      List<Long> times =
          each.getValue().stream()
              .filter(operation -> operation.write() && operation.kind() == Answer.Kind.DONE)
              .map(Operation::end)
              .toList();
      NetworkHost host = each.getValue().get(0).host();
      clients.add(new Acknowledgements(host, times, recording.isRetired(each.getKey())));
    }
  }

  /** The longest wait of a client of a healthy member during a fault. */
  Duration during(Strike strike) {
    long best = Long.MAX_VALUE;
    for (List<NetworkHost> healthy : strike.disruption().healthy()) {
      long longest = 0;
      for (Acknowledgements client : clients) {
        if (healthy.contains(client.host())) {
          longest = Math.max(longest, longest(client, strike.begin(), strike.end(), false));
        }
      }
      best = Math.min(best, longest);
    }
    return Duration.ofNanos(best == Long.MAX_VALUE ? 0 : best);
  }

  /** The longest wait of any client, counted from the repair. */
  Duration after(Strike strike) {
    long longest = 0;
    for (Acknowledgements client : clients) {
      if (!client.retired()) {
        long until = Math.max(strike.end(), strike.inSync());
        longest = Math.max(longest, longest(client, strike.end(), until, true));
      }
    }
    return Duration.ofNanos(longest);
  }

  /** The longest time without any acknowledged write at a healthy member during a fault. */
  Duration gap(Strike strike) {
    Collection<NetworkHost> healthy =
        strike.disruption().healthy().stream().flatMap(List::stream).toList();
    List<Long> times = new ArrayList<>();
    clients.stream()
        .filter(client -> healthy.contains(client.host()))
        .forEach(client -> times.addAll(client.times()));
    times.sort(null);
    return Duration.ofNanos(
        longest(new Acknowledgements(null, times, false), strike.begin(), strike.end(), false));
  }

  private long longest(Acknowledgements client, long from, long to, boolean onlyFromThere) {
    long longest = 0;
    Long before = null;
    for (long time : client.times()) {
      if (before != null && time - from > 0 && to - before >= 0) {
        longest = Math.max(longest, time - (onlyFromThere ? Math.max(before, from) : before));
      }
      before = time;
    }
    if (before != null && !client.retired() && to - before >= 0) {
      longest = Math.max(longest, stoppedAt - (onlyFromThere ? Math.max(before, from) : before));
    }
    return longest;
  }
}
