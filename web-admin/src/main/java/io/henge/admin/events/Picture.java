package io.henge.admin.events;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.Identity;
import io.henge.admin.cluster.View;
import io.henge.admin.document.ClusterDocument;
import io.henge.admin.document.ViewDocument;

/**
 * How a cluster is and where everything is: far the most of what is read again and again, and
 * mostly the same as before.
 *
 * @param version the bean's name for what the view was; empty if it has none
 * @param identity who answered
 * @param seen the view as it was read
 * @param cluster how it is
 * @param view where everything is
 */
record Picture(
    String version, Identity identity, View seen, ClusterDocument cluster, ViewDocument view) {

  /** Reads everything. */
  static Picture of(ClusterBean bean) {
    // The version first: a view that changes meanwhile is then read once more, not missed.
    return of(bean, bean.viewVersion());
  }

  private static Picture of(ClusterBean bean, String version) {
    Identity identity = bean.identity();
    View seen = bean.view();
    return new Picture(
        version,
        identity,
        seen,
        ClusterDocument.of(bean.key(), identity, seen, bean.oldestSlot()),
        ViewDocument.of(identity.clusterId(), seen));
  }

  /** Reads what is not the same any more. */
  Picture again(ClusterBean bean) {
    String now = bean.viewVersion();
    if (now.isEmpty() || !now.equals(version)) {
      return of(bean, now);
    }
    Identity answered = bean.identity();
    long oldest = bean.oldestSlot();
    return answered.equals(identity) && oldest == cluster.oldestSlot()
        ? this
        : new Picture(
            now, answered, seen, ClusterDocument.of(bean.key(), answered, seen, oldest), view);
  }
}
