package io.henge.replication.simulation.world;

import io.henge.replication.simulation.SeededRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Carries messages between addresses, as badly as told. Every direction of every pair is a link of
 * its own, so that half-broken connections are as easy to have as broken ones.
 *
 * @param <A> addresses; values with equality, ordered
 * @param <M> messages; immutable
 */
public final class SimulatedNetwork<A extends Comparable<A>, M> {

  /** Where messages arrive. */
  public interface Endpoint<A, M> {
    /** A message arrived. */
    void deliver(A from, M message);
  }

  /**
   * What a slow link still holds so long after it was healed is lost: mending a connection that is
   * minutes behind means a new connection.
   */
  private static final long LINGER = 1_000_000_000L;

  /** One direction of a pair. */
  private record Link<A>(A from, A to) {}

  private final EventQueue events;
  private final SeededRandom random;
  private final Map<A, Endpoint<A, M>> endpoints = new TreeMap<>();
  private final Set<Link<A>> cut = new HashSet<>();
  private final Map<Link<A>, Long> cloggedUntil = new HashMap<>();
  private final Map<Link<A>, Double> slowness = new HashMap<>();
  private final Map<Link<A>, Long> lastArrival = new HashMap<>();
  private NetworkFaults faults;
  private long healedAt = Long.MIN_VALUE;
  private long sent;
  private long lost;

  /** Creates a network that nobody is attached to. */
  public SimulatedNetwork(EventQueue events, SeededRandom random, NetworkFaults faults) {
    this.events = events;
    this.random = random;
    this.faults = faults;
  }

  /** Attaches an address; a new endpoint replaces the old one. */
  public void attach(A address, Endpoint<A, M> endpoint) {
    endpoints.put(address, endpoint);
  }

  /** What is sent to this address is lost from now on. */
  public void detach(A address) {
    endpoints.remove(address);
  }

  /** Changes the faults of every link for what is sent from now on. */
  public void setFaults(NetworkFaults faults) {
    this.faults = faults;
  }

  /** Sends; to oneself, too. */
  public void send(A from, A to, M message) {
    sent++;
    Link<A> link = new Link<>(from, to);
    if (from.equals(to)) {
      events.after(0, () -> arrive(link, message));
      return;
    }
    if (cut.contains(link) || random.chance(faults.dropRate())) {
      lost++;
      return;
    }
    transmit(link, message);
    if (random.chance(faults.duplicateRate())) {
      transmit(link, message);
    }
  }

  private void transmit(Link<A> link, M message) {
    double delay = faults.minimumDelay() + random.exponential((double) faults.meanDelay());
    if (random.chance(faults.longDelayRate())) {
      delay += random.nextDouble() * faults.longDelay();
    }
    delay *= slowness.getOrDefault(link, 1.0);
    long start = Math.max(events.now(), cloggedUntil.getOrDefault(link, 0L));
    long arrival = start + (long) delay;
    if (faults.ordered()) {
      arrival = Math.max(arrival, lastArrival.getOrDefault(link, 0L));
      lastArrival.put(link, arrival);
    }
    long sentAt = events.now();
    events.at(
        arrival,
        () -> {
          if (sentAt < healedAt && events.now() > healedAt + LINGER) {
            lost++;
          } else {
            arrive(link, message);
          }
        });
  }

  private void arrive(Link<A> link, M message) {
    Endpoint<A, M> endpoint = endpoints.get(link.to());
    // What was on its way when the link was cut is lost or not, as on a real wire.
    if (endpoint == null || (cut.contains(link) && random.chance(0.5))) {
      lost++;
      return;
    }
    endpoint.deliver(link.from(), message);
  }

  /** Cuts one direction. */
  public void cut(A from, A to) {
    cut.add(new Link<>(from, to));
  }

  /** Tells whether one direction is cut. */
  public boolean isCut(A from, A to) {
    return cut.contains(new Link<>(from, to));
  }

  /** Mends one direction. */
  public void mend(A from, A to) {
    cut.remove(new Link<>(from, to));
  }

  /** Holds back what is sent in one direction until a time. */
  public void clog(A from, A to, long until) {
    cloggedUntil.put(new Link<>(from, to), until);
  }

  /** Multiplies the delays of one direction; 1 is usual. */
  public void slow(A from, A to, double factor) {
    slowness.put(new Link<>(from, to), factor);
  }

  /** Ends all cuts, clogs and slow links, and keeps to {@code calm} faults from now on. */
  public void heal(NetworkFaults calm) {
    cut.clear();
    cloggedUntil.clear();
    slowness.clear();
    faults = calm;
    healedAt = events.now();
    lastArrival.replaceAll((link, last) -> Math.min(last, healedAt + LINGER));
  }

  /** Messages sent so far. */
  public long sent() {
    return sent;
  }

  /** Messages lost so far, not counting those to a paused process. */
  public long lost() {
    return lost;
  }
}
