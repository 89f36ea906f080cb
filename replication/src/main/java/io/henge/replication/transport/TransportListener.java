package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;

/** Receives from a {@link Transport}. Runs on the transport's threads: must not block. */
public interface TransportListener {

  /** A frame from a peer, already checked for version, cluster name and receiver incarnation. */
  void onFrame(MemberId from, byte[] buffer, int offset, int length);

  /** A peer can be reached. */
  void onPeerAppeared(MemberId peer);

  /** The connection to a peer broke other than by its goodbye; evidence is one plain phrase. */
  void onConnectionLost(MemberId peer, String evidence);
}
