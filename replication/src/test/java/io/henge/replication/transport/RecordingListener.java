package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a transport tells. */
class RecordingListener implements TransportListener {

  /** A frame as text, and who sent it. */
  record Frame(MemberId from, String text) {}

  final List<Frame> frames = new CopyOnWriteArrayList<>();
  final List<MemberId> appeared = new CopyOnWriteArrayList<>();
  final List<MemberId> lost = new CopyOnWriteArrayList<>();

  @Override
  public void onFrame(MemberId from, byte[] buffer, int offset, int length) {
    frames.add(new Frame(from, new String(buffer, offset, length, StandardCharsets.UTF_8)));
  }

  @Override
  public void onPeerAppeared(MemberId peer) {
    appeared.add(peer);
  }

  @Override
  public void onConnectionLost(MemberId peer, String evidence) {
    lost.add(peer);
  }
}
