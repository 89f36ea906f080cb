package io.henge.admin.drill;

import io.henge.admin.action.Audit;
import io.henge.admin.action.AuditEntry;
import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.ClusterGoneException;
import io.henge.admin.cluster.ClusterRefusedException;
import io.henge.admin.cluster.Failover;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.Phase;
import io.henge.admin.cluster.Probe;
import io.henge.admin.cluster.View;
import io.henge.admin.document.WhatIfDocument;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The drills of this console: at most one runs, the last 20 are kept. While none runs there is no
 * timer. Thread-safe.
 */
@ApplicationScoped
public class Drills {

  private static final Logger LOG = System.getLogger(Drills.class.getName());
  private static final int KEPT = 20;
  private static final long PERIOD_MILLIS = 250;

  @Resource private ManagedScheduledExecutorService executor;

  private final Deque<Drill> drills = new ArrayDeque<>();
  private final Audit audit;
  private ClusterBean bean;
  private Drill running;
  private boolean undrainOwed;
  private boolean probing;
  private ScheduledFuture<?> timer;
  private long last;

  /** For the container's proxy. */
  protected Drills() {
    this(null);
  }

  /** Creates it, for the container. */
  @Inject
  public Drills(Audit audit) {
    this.audit = audit;
  }

  /** Why no drill may begin now; empty if one may. */
  public synchronized String refusal(
      DrillKind kind, Member member, View view, List<Failover> failovers, WhatIfDocument outlook) {
    boolean drains = kind == DrillKind.DRAIN;
    if (kind.dangerous() && member.self()) {
      return member.name()
          + " is the member that this console looks at and could not tell of it: begin the drill"
          + " at the console of another member.";
    }
    if (running != null) {
      return "Another drill runs: that of " + running.report().member() + ".";
    }
    if (failovers.stream()
        .anyMatch(failover -> failover.phases().stream().anyMatch(Phase::running))) {
      return "A failover goes on; wait until its copies are rebuilt.";
    }
    if (!Drill.allInSync(view)) {
      return "Not every partition has all of its copies.";
    }
    if (drains && outlook.reduced() > 0) {
      return outlook.reduced()
          + " partitions would have fewer copies: too few members for all of them.";
    }
    return outlook.refusal();
  }

  /**
   * Begins a drill and follows it.
   *
   * @throws ClusterRefusedException if the node or the member refuses
   */
  public synchronized void begin(
      ClusterBean bean,
      DrillKind kind,
      Member member,
      String who,
      View before,
      WhatIfDocument outlook) {
    beginProbe(bean, member);
    boolean begun = false;
    try {
      if (kind.length().isZero()) {
        bean.act(kind.operation(), member.id());
      } else {
        bean.act(kind.operation(), member.id(), kind.length().toMillis());
      }
      begun = true;
    } finally {
      if (!begun) {
        endProbe(bean);
      }
    }
    DrillStart start =
        new DrillStart(++last, member, who, Instant.now(), before, System.nanoTime());
    follow(
        bean,
        kind == DrillKind.DRAIN
            ? new DrainDrill(start, outlook.promote(), outlook.rebuild().copies())
            : new FailureDrill(start, kind, outlook));
  }

  /** A drill without a probe is better than none. */
  private void beginProbe(ClusterBean probed, Member member) {
    probing = false;
    if (probed.operations().contains("beginProbe")) {
      try {
        probed.act("beginProbe", member.id());
        probing = true;
      } catch (ClusterRefusedException none) {
        LOG.log(Level.INFO, "The drill has no probe: {0}", none.getMessage());
      }
    }
  }

  /** What it saw, or null. */
  private Probe endProbe(ClusterBean probed) {
    if (!probing) {
      return null;
    }
    probing = false;
    try {
      return probed.endProbe();
    } catch (ClusterRefusedException | ClusterGoneException unknown) {
      LOG.log(Level.WARNING, "The probe of the drill did not end", unknown);
      return null;
    }
  }

  private void follow(ClusterBean followed, Drill drill) {
    running = drill;
    bean = followed;
    drills.addFirst(running);
    if (drills.size() > KEPT) {
      drills.removeLast();
    }
    timer =
        executor.scheduleWithFixedDelay(
            this::step, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends the drill of that number early, if it runs: the member takes its share again. */
  public synchronized void stop(long id, String who) {
    if (running != null && running.report().id() == id) {
      running.stop(who + " stopped it.");
    }
  }

  /** All that are kept, newest first. */
  public synchronized List<DrillReport> reports() {
    return drills.stream().map(Drill::report).toList();
  }

  private synchronized void step() {
    if (running == null) {
      return;
    }
    try {
      long slot = running.report().slot();
      List<Failover> since = bean.failovers().stream().filter(each -> each.slot() > slot).toList();
      Drill.Next next = running.step(bean.view(), since, System.nanoTime());
      undrainOwed |= next == Drill.Next.UNDRAIN;
      if (undrainOwed) {
        undrain();
      }
      if (next == Drill.Next.END) {
        running.probed(endProbe(bean));
        end();
      }
    } catch (ClusterGoneException gone) {
      running.abandon();
      end();
    } catch (ClusterRefusedException notNow) {
      // The next step tries again, until the drill's own limit.
      LOG.log(Level.WARNING, "A step of the drill was refused", notNow);
    }
  }

  private void undrain() {
    DrillReport report = running.report();
    bean.act("undrain", report.memberId());
    undrainOwed = false;
    audit.add(
        new AuditEntry(
            Instant.now(),
            report.who(),
            "",
            "drill",
            report.memberId(),
            report.slot(),
            "undrained"));
  }

  private void end() {
    DrillReport report = running.report();
    LOG.log(Level.INFO, "Drill {0} of {1}: {2}", report.id(), report.member(), report.verdict());
    timer.cancel(false);
    running = null;
    undrainOwed = false;
    bean = null;
  }

  /** A console that goes leaves no member drained by its drill. */
  @PreDestroy
  synchronized void close() {
    if (running != null) {
      timer.cancel(false);
      endProbe(bean);
      if (running.report().state().equals("draining") || undrainOwed) {
        undrain();
      }
    }
  }
}
