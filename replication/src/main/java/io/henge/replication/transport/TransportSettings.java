package io.henge.replication.transport;

import java.util.List;

/**
 * What a {@link JGroupsTransport} needs to know before it starts. Checked when it is built.
 *
 * @param clusterName frames and discovery requests of other clusters are refused
 * @param nodeName for people and thread names
 * @param bindAddress the address to listen on, an address or name of this machine that the others
 *     can reach; not the wildcard address
 * @param bindPort the port to listen on, 1 to 65535
 * @param portRange how many further ports to try when it is taken; 0: exactly that port or an error
 * @param seeds where other members may listen, {@code host[port]} each; empty for discovery on this
 *     machine only
 * @param localPortSpan how many ports, beginning with the default port and with {@code bindPort},
 *     are probed on {@code bindAddress} when there are no seeds
 * @param queueFramesPerPeer bound of each of the two queues of a peer, in frames
 * @param queueBytesPerPeer bound of each of the two queues of a peer, in bytes; at least one frame
 *     of the largest size
 */
public record TransportSettings(
    String clusterName,
    String nodeName,
    String bindAddress,
    int bindPort,
    int portRange,
    List<String> seeds,
    int localPortSpan,
    int queueFramesPerPeer,
    long queueBytesPerPeer) {

  /** The port of a member that was not told another one. */
  public static final int DEFAULT_PORT = 7800;

  private static final int LARGEST_PORT = 65535;

  /** Checks every value; an error names the setting, its value and what is allowed. */
  public TransportSettings {
    if (clusterName.isBlank()) {
      throw new IllegalArgumentException("clusterName is blank: give the cluster a name");
    }
    require("bindPort", bindPort, 1, LARGEST_PORT);
    require("portRange", portRange, 0, LARGEST_PORT - bindPort);
    require("localPortSpan", localPortSpan, 0, 1000);
    require("queueFramesPerPeer", queueFramesPerPeer, 1, Integer.MAX_VALUE);
    require(
        "queueBytesPerPeer", queueBytesPerPeer, FrameHeader.LARGEST_MESSAGE_BYTES, Long.MAX_VALUE);
    seeds = List.copyOf(seeds);
    seeds.forEach(Seed::parse);
  }

  private static void require(String setting, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          setting + " is " + value + ": must be from " + least + " to " + most);
    }
  }
}
