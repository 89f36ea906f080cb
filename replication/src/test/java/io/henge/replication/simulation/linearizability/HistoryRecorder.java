package io.henge.replication.simulation.linearizability;

import java.util.ArrayList;
import java.util.List;

/** Collects operations while they run. Thread-safe; the times are the caller's. */
public final class HistoryRecorder {

  private final List<RecordedOperation> finished = new ArrayList<>();
  private final List<Call> open = new ArrayList<>();

  /** Notes that a caller asks for something now. */
  public Call begin(String caller, String key, Action action, long now) {
    Call call = new Call(caller, key, action, now);
    synchronized (this) {
      open.add(call);
    }
    return call;
  }

  /** Everything so far; what is still under way counts as unknown. */
  public synchronized List<RecordedOperation> history() {
    List<RecordedOperation> all = new ArrayList<>(finished);
    for (Call call : open) {
      all.add(call.ended(new Outcome.Unknown(), Long.MAX_VALUE));
    }
    return all;
  }

  /** Number of operations still under way. */
  public synchronized int openCalls() {
    return open.size();
  }

  private synchronized void end(Call call, Outcome outcome, long now) {
    if (!open.remove(call)) {
      throw new IllegalStateException("answered twice: " + call.ended(outcome, now));
    }
    finished.add(call.ended(outcome, now));
  }

  /** An operation under way; must be ended at most once. */
  public final class Call {

    private final String caller;
    private final String key;
    private final Action action;
    private final long invokedAt;

    private Call(String caller, String key, Action action, long invokedAt) {
      this.caller = caller;
      this.key = key;
      this.action = action;
      this.invokedAt = invokedAt;
    }

    /** It took effect; {@code result} is what the caller was told, null if nothing or absent. */
    public void done(String result, long now) {
      end(this, new Outcome.Done(result), now);
    }

    /** It was refused without effect. */
    public void notDone(long now) {
      end(this, new Outcome.NotDone(), now);
    }

    /** The caller gave up without knowing. */
    public void unknown(long now) {
      end(this, new Outcome.Unknown(), now);
    }

    private RecordedOperation ended(Outcome outcome, long now) {
      return new RecordedOperation(caller, key, action, outcome, invokedAt, now);
    }
  }
}
