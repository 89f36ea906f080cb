package io.henge.replication.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;

/** Counts frames, and notes at the debug level why a peer could not be written to. */
final class Counters implements PeerLink.Outcome {

  private final Logger log;
  private final String nodeName;
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  Counters(Logger log, String nodeName) {
    this.log = log;
    this.nodeName = nodeName;
  }

  @Override
  public void sent(int frames) {
    sent.add(frames);
  }

  @Override
  public void dropped(int frames) {
    dropped.add(frames);
  }

  @Override
  public void failed(PeerLink link, IOException cause) {
    log.log(Level.DEBUG, () -> nodeName + " cannot write to " + link.address(), cause);
  }

  void received() {
    received.increment();
  }

  TransportStatistics statistics(long refused) {
    return new TransportStatistics(sent.sum(), received.sum(), dropped.sum(), refused);
  }
}
