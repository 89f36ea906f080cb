package io.henge.admin.events;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.Event;
import io.henge.admin.document.ClusterDocument;
import io.henge.admin.document.EventDocument;
import io.henge.admin.document.FailoverDocument;
import io.henge.admin.document.ViewChange;
import io.henge.admin.document.ViewDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * What one reading of a cluster bean found.
 *
 * @param picture how it is and where everything is
 * @param failovers the failovers, newest first
 * @param events the events since the reading before, oldest first
 * @param newestEvent the number of the newest event so far
 */
record Snapshot(
    Picture picture,
    List<FailoverDocument> failovers,
    List<EventDocument> events,
    long newestEvent) {

  /** Far more readings of 500 events than any bounded history holds. */
  private static final int MOST_READINGS = 64;

  /** Reads a bean for the first time; the events so far are counted only. */
  static Snapshot first(ClusterBean bean) {
    long newest = 0;
    for (int i = 0; i < MOST_READINGS; i++) {
      List<Event> events = bean.eventsAfter(newest);
      if (events.isEmpty()) {
        break;
      }
      newest = events.get(events.size() - 1).number();
    }
    return of(bean, Picture.of(bean), newest);
  }

  /** Reads the bean of this snapshot again. */
  Snapshot next(ClusterBean bean) {
    return of(bean, picture.again(bean), newestEvent);
  }

  private static Snapshot of(ClusterBean bean, Picture picture, long after) {
    String node = picture.identity().nodeName();
    List<EventDocument> events = bean.eventsAfter(after).stream().map(EventDocument::of).toList();
    return new Snapshot(
        picture,
        bean.failovers().stream().map(failover -> FailoverDocument.of(failover, node)).toList(),
        events,
        events.isEmpty() ? after : events.get(events.size() - 1).number());
  }

  /** What a client that knows the earlier snapshot has to be told, in this order. */
  List<Message> since(Snapshot earlier) {
    ClusterDocument cluster = picture.cluster();
    ViewDocument view = picture.view();
    ClusterDocument earlierCluster = earlier.picture.cluster();
    ViewDocument earlierView = earlier.picture.view();
    if (!cluster.node().equals(earlierCluster.node())) {
      return List.of(Message.resync("Another node answers now."));
    }
    List<Message> messages = new ArrayList<>();
    if (!view.equals(earlierView)) {
      ViewChange change = ViewChange.between(earlierView, view);
      if (change == null) {
        return List.of(Message.resync("The members or the groups of partitions are others now."));
      }
      messages.add(new Message("view", change));
    }
    for (int i = failovers.size() - 1; i >= 0; i--) {
      if (!earlier.failovers.contains(failovers.get(i))) {
        messages.add(new Message("failover", failovers.get(i)));
      }
    }
    for (EventDocument event : events) {
      messages.add(new Message("event", event));
    }
    if (!cluster.equals(earlierCluster)) {
      messages.add(new Message("health", cluster));
    }
    return messages;
  }
}
