package io.henge.admin.rest;

import io.henge.admin.action.Audit;
import io.henge.admin.action.AuditEntry;
import io.henge.admin.action.DoneOnce;
import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.Event;
import io.henge.admin.security.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the action of an operator: the role first, then the key that makes it happen once, then the
 * view that the operator looked at, then the action. Whatever comes of it is written down.
 */
@ApplicationScoped
public class ActionRunner {

  private static final Pattern TAG = Pattern.compile("\"slot-(\\d{1,18})\"");
  private static final int LONGEST_KEY = 128;
  private static final int PRECONDITION_REQUIRED = 428;

  @Inject private Audit audit;
  @Inject private DoneOnce doneOnce;
  @Inject private SharedAnswers shared;

  /**
   * An action.
   *
   * @param name what it is called
   * @param target of what; empty for the whole cluster
   * @param onView whether it is refused when the view has moved on
   * @param work does it
   */
  record Action(String name, String target, boolean onView, Runnable work) {}

  /** Runs an action, or says why not. */
  Response run(HttpServletRequest request, ClusterBean bean, Action action) {
    Visitor visitor = Visitor.of(request);
    long slot = -1;
    String result = "failed";
    try {
      requireOperator(visitor);
      String key = key(request);
      slot = action.onView() ? slot(request) : -1;
      DoneOnce.Claim claim =
          doneOnce.claim(visitor.name(), key, bean.key() + " " + action.name() + action.target());
      switch (claim) {
        case NEW -> runNew(visitor, bean, action, key, slot);
        case MISUSED -> throw misused();
        case REPEATED -> {
          // Done already, under this very key.
        }
      }
      result = claim == DoneOnce.Claim.REPEATED ? "done before" : "done";
      return Response.status(Response.Status.ACCEPTED).build();
    } catch (RuntimeException refused) {
      result = "refused: " + Problems.problem(refused).code() + " " + refused.getMessage();
      throw refused;
    } finally {
      audit.add(
          new AuditEntry(
              Instant.now(),
              visitor.name(),
              visitor.address(),
              action.name(),
              action.target(),
              slot,
              result));
    }
  }

  private void runNew(Visitor visitor, ClusterBean bean, Action action, String key, long slot) {
    boolean done = false;
    try {
      if (action.onView()) {
        requireSlot(bean, slot);
      }
      action.work().run();
      done = true;
    } finally {
      shared.forget();
      if (!done) {
        doneOnce.forget(visitor.name(), key);
      }
    }
  }

  private static void requireOperator(Visitor visitor) {
    if (!visitor.isOperator()) {
      throw new ProblemException(
          Problem.of(
              403,
              "NOT_ALLOWED",
              "This needs role operator",
              visitor.name().isEmpty()
                  ? "Nobody is logged in, and without a log-in the console only reads; see"
                      + " henge.console.login in docs/console.md."
                  : visitor.name() + " is a viewer only."));
    }
  }

  /** Somebody has to have typed the cluster's name. */
  static void requireConfirmation(ClusterBean bean, String confirm, String purpose) {
    if (!bean.identity().clusterName().equals(confirm)) {
      throw new ProblemException(
          Problem.of(
              400,
              "NOT_CONFIRMED",
              "The cluster's name does not match",
              "Type the name of the cluster " + purpose + "."));
    }
  }

  private static String key(HttpServletRequest request) {
    String key = request.getHeader("Idempotency-Key");
    if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
      throw new ProblemException(
          Problem.of(
              400,
              "NO_IDEMPOTENCY_KEY",
              "An Idempotency-Key is missing",
              "Send the header Idempotency-Key, a new random value for each action, so that one"
                  + " that is sent twice is done once."));
    }
    return key;
  }

  private static long slot(HttpServletRequest request) {
    Matcher tag = TAG.matcher(String.valueOf(request.getHeader("If-Match")));
    if (!tag.matches()) {
      throw new ProblemException(
          Problem.of(
              PRECONDITION_REQUIRED,
              "NO_IF_MATCH",
              "Say which view you looked at",
              "Send the header If-Match: \"slot-<number>\" with the slot of the view."));
    }
    return Long.parseLong(tag.group(1));
  }

  private static void requireSlot(ClusterBean bean, long slot) {
    long now = bean.view().slot();
    if (now != slot) {
      List<Event> events = bean.allEvents();
      String last =
          events.stream()
              .filter(event -> event.slot() > slot)
              .reduce((first, second) -> second)
              .map(Event::text)
              .orElse("something changed");
      throw new ProblemException(
          Problem.of(
              412,
              "VIEW_CHANGED",
              "The cluster has moved on",
              "You looked at slot " + slot + ", now " + now + ": " + last + "."));
    }
  }

  private static ProblemException misused() {
    return new ProblemException(
        Problem.of(
            409,
            "KEY_REUSED",
            "This Idempotency-Key was for something else",
            "Send a new random value with each action."));
  }
}
