package io.henge.replication.transport;

import io.henge.replication.transport.tls.TlsSettings;
import java.util.Optional;

/**
 * What a {@link JGroupsTransport} needs to know before it starts; see {@link #builder}. Checked
 * when it is built.
 *
 * @param clusterName frames and discovery requests of other clusters are refused
 * @param nodeName for people and thread names
 * @param bindAddress the address to listen on, an address or name of this machine that the others
 *     can reach; not the wildcard address
 * @param bindPort the port to listen on, 1 to 65535
 * @param portRange how many further ports to try when it is taken; 0: exactly that port or an error
 * @param discovery how other members are found
 * @param tls empty for connections in plain text, which anybody who reaches the port may open
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
    Discovery discovery,
    Optional<TlsSettings> tls,
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
    require("queueFramesPerPeer", queueFramesPerPeer, 1, Integer.MAX_VALUE);
    require(
        "queueBytesPerPeer", queueBytesPerPeer, FrameHeader.LARGEST_MESSAGE_BYTES, Long.MAX_VALUE);
  }

  static void require(String setting, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          setting + " is " + value + ": must be from " + least + " to " + most);
    }
  }

  /** Settings with their defaults, to be changed one by one. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings; each method sets the component of the same name. Not thread-safe. */
  public static final class Builder {

    private String clusterName = "henge";
    private String nodeName = "node";
    private String bindAddress = "127.0.0.1";
    private int bindPort = DEFAULT_PORT;
    private int portRange;
    private Discovery discovery = new Discovery.ThisMachine(16);
    private Optional<TlsSettings> tls = Optional.empty();
    private int queueFramesPerPeer = 8192;
    private long queueBytesPerPeer = 16L << 20;

    private Builder() {}

    public Builder clusterName(String value) {
      clusterName = value;
      return this;
    }

    public Builder nodeName(String value) {
      nodeName = value;
      return this;
    }

    public Builder bindAddress(String value) {
      bindAddress = value;
      return this;
    }

    public Builder bindPort(int value) {
      bindPort = value;
      return this;
    }

    public Builder portRange(int value) {
      portRange = value;
      return this;
    }

    public Builder discovery(Discovery value) {
      discovery = value;
      return this;
    }

    public Builder tls(Optional<TlsSettings> value) {
      tls = value;
      return this;
    }

    public Builder queueFramesPerPeer(int value) {
      queueFramesPerPeer = value;
      return this;
    }

    public Builder queueBytesPerPeer(long value) {
      queueBytesPerPeer = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException naming the first value that is out of range
     */
    public TransportSettings build() {
      return new TransportSettings(
          clusterName,
          nodeName,
          bindAddress,
          bindPort,
          portRange,
          discovery,
          tls,
          queueFramesPerPeer,
          queueBytesPerPeer);
    }
  }
}
