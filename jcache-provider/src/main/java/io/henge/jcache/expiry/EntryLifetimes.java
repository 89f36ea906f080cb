package io.henge.jcache.expiry;

import static java.util.Objects.requireNonNull;

import io.henge.replication.topology.Lifetimes;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/**
 * How long the entries of one cache live. The specification's own policies always answer alike:
 * they are asked once, and their operations cost nothing more. Any other policy is asked for each
 * operation, and only what the specification says. Thread-safe if the policy is.
 */
public final class EntryLifetimes implements Closeable {

  private static final Logger LOG = System.getLogger(EntryLifetimes.class.getPackageName());

  private static final Set<Class<? extends ExpiryPolicy>> CONSTANT =
      Set.of(
          EternalExpiryPolicy.class,
          AccessedExpiryPolicy.class,
          CreatedExpiryPolicy.class,
          ModifiedExpiryPolicy.class,
          TouchedExpiryPolicy.class);

  private final String cacheName;
  private final ExpiryPolicy policy;
  private final Lifetimes constant;

  private EntryLifetimes(String cacheName, ExpiryPolicy policy, Lifetimes constant) {
    this.cacheName = cacheName;
    this.policy = policy;
    this.constant = constant;
  }

  /** What a policy means; it belongs to the result and is closed with it. */
  public static EntryLifetimes of(String cacheName, ExpiryPolicy policy) {
    requireNonNull(policy, "the factory of the expiry policy made null");
    EntryLifetimes asked = new EntryLifetimes(cacheName, policy, null);
    if (!CONSTANT.contains(policy.getClass())) {
      return asked;
    }
    return always(new Lifetimes(asked.creation(), asked.update(), asked.access()));
  }

  /** Lifetimes that are known. If nothing ever expires, accesses need not be noted either. */
  public static EntryLifetimes always(Lifetimes lifetimes) {
    boolean eternal =
        lifetimes.creation() == Lifetimes.ETERNAL
            && eternalOrUnchanged(lifetimes.update())
            && eternalOrUnchanged(lifetimes.access());
    return new EntryLifetimes(null, null, eternal ? Lifetimes.NONE : lifetimes);
  }

  private static boolean eternalOrUnchanged(long lifetime) {
    return lifetime == Lifetimes.ETERNAL || lifetime == Lifetimes.UNCHANGED;
  }

  /** Whether the policy has to be asked for each operation. */
  public boolean asked() {
    return constant == null;
  }

  /** The lifetimes that all operations have; none if the policy has to be asked. */
  public Lifetimes constant() {
    return asked() ? Lifetimes.NONE : constant;
  }

  /** How long a new entry lives. */
  public long creation() {
    return asked()
        ? ask("creation", policy::getExpiryForCreation, Lifetimes.ETERNAL)
        : constant.creation();
  }

  /** How long an entry lives that got a new value. */
  public long update() {
    return asked()
        ? ask("an update", policy::getExpiryForUpdate, Lifetimes.UNCHANGED)
        : constant.update();
  }

  /** How long an entry lives that was read. */
  public long access() {
    return asked()
        ? ask("an access", policy::getExpiryForAccess, Lifetimes.UNCHANGED)
        : constant.access();
  }

  /** How long an entry lives that was written. */
  public long written(boolean wasPresent) {
    return wasPresent ? update() : creation();
  }

  private long ask(String what, Supplier<Duration> question, long otherwise) {
    Duration answer;
    try {
      answer = question.get();
    } catch (RuntimeException failure) {
      // The specification demands a default of our own then, and the operation goes on.
      LOG.log(
          Level.WARNING,
          "the expiry policy of cache " + cacheName + " failed when asked about " + what,
          failure);
      return otherwise;
    }
    if (answer == null) {
      return otherwise;
    }
    return answer.isEternal()
        ? Lifetimes.ETERNAL
        : answer.getTimeUnit().toNanos(answer.getDurationAmount());
  }

  /** For other members: the lifetimes, or the name of the policy that has to be asked. */
  public String text() {
    return asked()
        ? policy.getClass().getName()
        : constant.creation() + " " + constant.update() + " " + constant.access();
  }

  /** Whether nothing ever expires, as where no policy is declared. */
  public boolean eternal() {
    return !asked() && constant.equals(Lifetimes.NONE);
  }

  /** For people: the name of the policy, and what it says where that is always the same. */
  public String description() {
    return asked()
        ? "the expiry policy " + policy.getClass().getName()
        : "lifetimes of "
            + described(constant.creation())
            + " after a creation, "
            + described(constant.update())
            + " after an update and "
            + described(constant.access())
            + " after an access";
  }

  private static String described(long lifetime) {
    if (lifetime == Lifetimes.ETERNAL) {
      return "eternity";
    }
    return lifetime == Lifetimes.UNCHANGED
        ? "what was left"
        : java.time.Duration.ofNanos(lifetime).toString();
  }

  /**
   * What another member's {@link #text} means here.
   *
   * @throws CacheException if its policy has to be asked, which only those can that have it
   */
  public static EntryLifetimes ofText(String cacheName, String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 3) {
      throw new CacheException(
          "Cache "
              + cacheName
              + " was made by another member with the expiry policy "
              + text
              + ", which only those members have that configure it: create the cache here, with the"
              + " same policy, instead of getting it");
    }
    return always(
        new Lifetimes(
            Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
  }

  /** Closes the policy, if it can be closed. */
  @Override
  public void close() {
    if (policy instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new CacheException(
            "The expiry policy of cache " + cacheName + " could not be closed: " + e, e);
      }
    }
  }
}
