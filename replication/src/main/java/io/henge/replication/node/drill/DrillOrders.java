package io.henge.replication.node.drill;

import io.henge.replication.topology.MemberId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Asks other members for drills, and has this one suffer what they ask for. An order that comes
 * again is answered as before and obeyed once. Thread-safe; nothing here waits.
 */
public final class DrillOrders {

  /** Answers that are kept for whoever asks again, and for whoever asked. */
  private static final int KEPT = 64;

  /** The member that suffers. */
  public interface Sufferer {

    /** Why it does not now; empty if it does. */
    String refusal(DrillMessage.Order order);

    /** Begins to, and returns at once. */
    void suffer(DrillMessage.Order order);
  }

  /** Of one asker. */
  private record Key(MemberId asker, long number) {}

  private final BiConsumer<MemberId, DrillMessage> transport;
  private final Sufferer sufferer;
  private final Map<Long, String> heard = bounded();
  private final Map<Key, String> given = bounded();

  /**
   * Creates one.
   *
   * @param transport sends a message to another member, and neither waits nor throws
   */
  public DrillOrders(BiConsumer<MemberId, DrillMessage> transport, Sufferer sufferer) {
    this.transport = transport;
    this.sufferer = sufferer;
  }

  private static <K> Map<K, String> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, String> eldest) {
        return size() > KEPT;
      }
    };
  }

  /** Asks; best effort, to be repeated until there is an answer. */
  public void ask(MemberId member, DrillMessage.Order order) {
    transport.accept(member, order);
  }

  /** What was answered to an order: why nothing is done, empty if it is; null if nothing yet. */
  public synchronized String answer(long number) {
    return heard.get(number);
  }

  /** Another member asks or answers. */
  public void onMessage(MemberId from, DrillMessage message) {
    if (message instanceof DrillMessage.Answer answer) {
      synchronized (this) {
        heard.put(answer.number(), answer.refusal());
      }
    } else if (message instanceof DrillMessage.Order order) {
      onOrder(from, order);
    }
  }

  private synchronized void onOrder(MemberId from, DrillMessage.Order order) {
    Key key = new Key(from, order.number());
    boolean known = given.containsKey(key);
    String refusal = known ? given.get(key) : sufferer.refusal(order);
    given.put(key, refusal);
    transport.accept(from, new DrillMessage.Answer(order.number(), refusal));
    if (!known && refusal.isEmpty()) {
      sufferer.suffer(order);
    }
  }
}
