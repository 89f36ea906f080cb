package io.henge.replication.transport;

import io.henge.replication.topology.MemberId;
import io.henge.replication.transport.tls.MutualTls;
import io.henge.replication.wire.WireWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.protocols.PingData;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;

/**
 * The transport on a JGroups channel of two protocols, TCP and a discovery. There is no group
 * membership protocol in it, hence no view that could close a connection, delay the start behind a
 * half-dead coordinator or drop a message; TCP keeps the order while a connection stands, and the
 * protocol above repeats what a broken one lost. Frames are delivered on the thread that reads the
 * connection, one thread per peer. Thread-safe.
 */
public final class JGroupsTransport implements Transport {

  private static final Logger LOG = System.getLogger(JGroupsTransport.class.getPackageName());

  private static final int CONTACT_QUEUE_MESSAGES = 8;
  private static final int CONTACT_THREADS = 4;
  private static final int CONTACT_QUEUE_BYTES = 64 * 1024;
  private static final long LARGE_BYTES_PER_PEER = Transport.LARGEST_FRAME_BYTES;
  private static final long DISCOVERY_MILLIS = 1000;
  private static final long RELOAD_MILLIS = 2000;
  private static final long LAST_WRITES_MILLIS = 300;
  private static final long THREADS_END_MILLIS = 1000;

  private final TransportSettings settings;
  private final MemberId self;
  private final Address selfAddress;
  private final long clusterHash;
  private final Refusals refusals;
  private final ListenerGuard guard = new ListenerGuard(LOG);
  private final Cork cork = new Cork();
  private final JGroupsStack stack;
  private final LinkTcp tcp;
  private final Peers peers;
  private final PeerLink loopback;
  private final ThreadPoolExecutor writers;
  private final ThreadPoolExecutor contactWriters;
  private final ScheduledThreadPoolExecutor timer;
  private final Counters counters;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  private volatile TransportListener listener;
  private volatile JChannel channel;
  private volatile Contacts contacts;

  /**
   * Creates a transport; {@link #start} opens it.
   *
   * @param self its 128 bits become the address of the channel
   */
  public JGroupsTransport(TransportSettings settings, MemberId self) {
    this(settings, self, InetAddress::getAllByName);
  }

  /** Lets tests decide what host names resolve to. */
  JGroupsTransport(TransportSettings settings, MemberId self, HostContacts.Resolver resolver) {
    this.settings = settings;
    this.self = self;
    this.selfAddress = new UUID(self.high(), self.low());
    this.clusterHash = FrameHeader.clusterHash(settings.clusterName());
    this.refusals = new Refusals(LOG, settings.nodeName());
    this.counters = new Counters(LOG, settings.nodeName());
    this.stack = new JGroupsStack(LOG, settings, resolver);
    this.tcp = new LinkTcp(new TcpEvents(), refusals, new JGroupsLog(LOG, refusals), cork);
    this.writers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            stack.threads("henge-link"));
    this.contactWriters =
        new ThreadPoolExecutor(
            CONTACT_THREADS,
            CONTACT_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(Peers.MOST_CONTACTS),
            stack.threads("henge-discovery"));
    this.contactWriters.allowCoreThreadTimeOut(true);
    this.timer = new ScheduledThreadPoolExecutor(3, stack.threads("henge-transport"));
    this.peers = new Peers(this::linkToPeer, this::linkToContact);
    this.loopback =
        link(
            null,
            new SendWindow(0),
            new Loopback(selfAddress, message -> channel.up(message)),
            false);
  }

  private PeerLink linkToPeer(IpAddress address, SendWindow window) {
    return link(address, window, tcp, true);
  }

  private PeerLink link(
      IpAddress address, SendWindow window, PeerLink.Wire wire, boolean writesInCaller) {
    return new PeerLink(
        address,
        window,
        wire,
        writers,
        counters,
        cork,
        writesInCaller,
        settings.queueFramesPerPeer(),
        settings.queueBytesPerPeer(),
        LARGE_BYTES_PER_PEER);
  }

  private PeerLink linkToContact(IpAddress address) {
    return new PeerLink(
        address,
        new SendWindow(0),
        tcp,
        contactWriters,
        counters,
        cork,
        false,
        CONTACT_QUEUE_MESSAGES,
        CONTACT_QUEUE_BYTES,
        0);
  }

  @Override
  public MemberId self() {
    return self;
  }

  @Override
  public String host() {
    return bound().getIpAddress().getHostAddress();
  }

  @Override
  public int port() {
    return bound().getPort();
  }

  private IpAddress bound() {
    PhysicalAddress address = tcp.localPhysicalAddress();
    if (address instanceof IpAddress at) {
      return at;
    }
    throw new IllegalStateException("the transport of " + settings.nodeName() + " is not started");
  }

  @Override
  public void start(TransportListener frameListener) throws IOException {
    if (closed.get() || !started.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the transport of " + settings.nodeName() + " was started or closed before");
    }
    InetAddress address = stack.bindAddress();
    StackFile file = stack.file();
    MutualTls tls =
        settings.tls().isPresent()
            ? new MutualTls(LOG, settings.nodeName(), settings.tls().get())
            : null;
    listener = frameListener;
    Contacts places = stack.contacts(address);
    contacts = places;
    List<? extends org.jgroups.protocols.Discovery> discoveries =
        file == null ? List.of(new SeedPing(places)) : file.discoveries(address);
    try {
      if (tls != null) {
        stack.secure(tcp, tls, refusals);
      }
      JChannel created = stack.channel(tcp, file, discoveries, address, this::route);
      channel = created;
      created.addAddressGenerator(() -> selfAddress);
      created.setReceiver(
          new FrameReceiver(
              self,
              clusterHash,
              peers,
              refusals,
              guard,
              frameListener,
              counters,
              this::peerSpoke,
              peer -> sendHeader(peer.id(), FrameHeader.Kind.ACKNOWLEDGEMENT),
              writers));
      created.connect(settings.clusterName());
    } catch (Exception e) {
      close();
      throw stack.startFailure(e);
    }
    try {
      places.open(bound());
    } catch (IOException e) {
      close();
      throw e;
    }
    // The topmost one asks those below it too.
    org.jgroups.protocols.Discovery top = discoveries.get(discoveries.size() - 1);
    repeat("a round of discovery", DISCOVERY_MILLIS, () -> discover(top));
    if (tls != null) {
      repeat("looking for changed certificates", RELOAD_MILLIS, tls::reload);
    }
    Upkeep upkeep = new Upkeep(LOG, peers, tcp, this::sendHeader, this::forget);
    repeat("acknowledging", Upkeep.ACKNOWLEDGE_MILLIS, upkeep::acknowledge);
    repeat("asking for acknowledgements", Upkeep.PING_MILLIS, upkeep::ping);
    repeat("renewing connections", Upkeep.RENEW_MILLIS, upkeep::renew);
    repeat("forgetting strangers", Upkeep.FORGET_MILLIS, upkeep::forgetStrangers);
  }

  private void repeat(String what, long millis, Runnable task) {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(() -> guard.run(what, task), 0, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void send(MemberId to, Transport.Channel kind, WireWriter frame) {
    int length = frame.size() - HEADROOM;
    if (length > LARGEST_FRAME_BYTES) {
      throw new IllegalArgumentException(
          "a frame of " + length + " bytes to " + to + ": at most " + LARGEST_FRAME_BYTES);
    }
    if (length > LARGEST_WHOLE_BYTES) {
      sendLarge(to, kind, frame);
    } else if (to.equals(self)) {
      loopback.send(whole(selfAddress, to, kind, frame));
    } else {
      Peer peer = peers.find(to);
      if (peer == null) {
        counters.dropped(1);
      } else {
        submit(whole(peer.address(), to, kind, frame));
      }
    }
  }

  private FrameMessage whole(
      Address address, MemberId to, Transport.Channel kind, WireWriter frame) {
    FrameHeader.Kind header =
        switch (kind) {
          case DATA -> FrameHeader.Kind.DATA;
          case CONTROL -> FrameHeader.Kind.CONTROL;
        };
    FrameHeader.write(frame.array(), header, clusterHash, self, to);
    return new FrameMessage(address, frame.array(), frame.size(), header, true);
  }

  @Override
  public void together(Runnable sends) {
    cork.during(sends);
  }

  private void sendLarge(MemberId to, Transport.Channel kind, WireWriter frame) {
    int length = frame.size() - HEADROOM;
    if (kind == Transport.Channel.CONTROL) {
      throw new IllegalArgumentException(
          "a frame of the control channel of "
              + length
              + " bytes to "
              + to
              + ": at most "
              + LARGEST_WHOLE_BYTES);
    }
    if (to.equals(self)) {
      counters.received();
      writers.execute(
          () ->
              guard.run(
                  "the listener", () -> listener.onFrame(self, frame.array(), HEADROOM, length)));
      return;
    }
    Peer peer = peers.find(to);
    if (peer == null) {
      counters.dropped(1);
    } else {
      FrameHeader.write(frame.array(), FrameHeader.Kind.FRAGMENT, clusterHash, self, to);
      submit(new LargeMessage(peer.address(), frame));
    }
  }

  @Override
  public void allowSilence(long nanos) {
    peers.allowSilence(nanos);
  }

  @Override
  public void keep(Set<MemberId> members) {
    peers.keep(members);
  }

  @Override
  public boolean isSendingLarge(MemberId to) {
    Peer peer = peers.find(to);
    return peer != null && peer.link().isSendingLarge();
  }

  @Override
  public boolean isReceivingLarge(MemberId from) {
    Peer peer = peers.find(from);
    return peer != null && peer.large().isUnderWay();
  }

  private void submit(Message message) {
    JChannel open = channel;
    if (open == null || closed.get()) {
      counters.dropped(1);
    } else {
      open.down(message);
    }
  }

  /** The bottom of JGroups' stack, for frames and for what discovery sends. */
  private void route(Message message) {
    PeerLink link = null;
    if (message.getDest() instanceof UUID member) {
      Peer peer = peers.find(memberOf(member));
      link = peer == null ? null : peer.link();
    } else if (message.getDest() instanceof IpAddress address) {
      link = peers.contact(address);
    }
    if (link != null) {
      link.send(message);
    } else if (message instanceof FrameMessage || message instanceof LargeMessage) {
      counters.dropped(1);
    }
  }

  private static MemberId memberOf(UUID address) {
    return new MemberId(address.getMostSignificantBits(), address.getLeastSignificantBits());
  }

  @Override
  public void learnAddress(MemberId peer, String host, int port) {
    if (peer.equals(self) || channel == null || closed.get()) {
      return;
    }
    if (Seed.isAddress(host)) {
      resolveAndLearn(peer, host, port);
    } else {
      // Resolving a name may take seconds.
      timer.execute(() -> resolveAndLearn(peer, host, port));
    }
  }

  /** The peer with its address noted, or null if there are too many. */
  private Peer learn(MemberId id, IpAddress address) {
    IpAddress abandoned = peers.learn(id, address);
    if (abandoned != null) {
      tcp.disconnect(abandoned, false);
    }
    return peers.find(id);
  }

  private void resolveAndLearn(MemberId peer, String host, int port) {
    try {
      IpAddress address = new IpAddress(InetAddress.getByName(host), port);
      tcp.noteAddress(new UUID(peer.high(), peer.low()), address);
      learn(peer, address);
    } catch (UnknownHostException e) {
      LOG.log(
          Level.WARNING,
          "Node {0} cannot resolve {1}, where member {2} is said to listen",
          settings.nodeName(),
          host,
          peer.abbreviated());
    }
  }

  @Override
  public void forget(MemberId id) {
    Peer peer = peers.forget(id);
    if (peer == null || closed.get()) {
      return;
    }
    tcp.forgetAddress(peer.address());
    IpAddress address = peer.link().address();
    if (!peers.isKnown(address)) {
      tcp.disconnect(address, peer.link().canSayGoodbye());
    }
  }

  @Override
  public TransportStatistics statistics() {
    return counters.statistics(refusals.count());
  }

  private static void discover(org.jgroups.protocols.Discovery discovery) {
    Consumer<PingData> addressesAreLearnedBelow = response -> {};
    discovery.down(new Event(Event.FIND_MBRS_ASYNC, addressesAreLearnedBelow));
  }

  private void sendHeader(MemberId to, FrameHeader.Kind kind) {
    Peer peer = peers.find(to);
    if (peer != null) {
      byte[] header = new byte[FrameHeader.BYTES];
      FrameHeader.write(header, kind, clusterHash, self, to);
      submit(new FrameMessage(peer.address(), header, kind));
    }
  }

  @Override
  public void close() {
    close(true);
  }

  @Override
  public void abort() {
    close(false);
  }

  private void close(boolean inGoodOrder) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    timer.shutdownNow();
    Contacts places = contacts;
    if (places != null) {
      places.close();
    }
    contactWriters.shutdownNow();
    writers.shutdown();
    if (inGoodOrder) {
      await(LAST_WRITES_MILLIS);
    }
    peers.close();
    loopback.close();
    JChannel open = channel;
    if (open != null) {
      tcp.disconnectAll(
          address -> {
            boolean[] goodbye = {inGoodOrder};
            peers.at(address, peer -> goodbye[0] &= peer.link().canSayGoodbye());
            return goodbye[0];
          });
      open.close();
    }
    await(THREADS_END_MILLIS);
  }

  private void await(long millis) {
    try {
      if (!writers.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
        LOG.log(Level.DEBUG, "Node {0}: a peer does not read", settings.nodeName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A frame or an answer to discovery came from the peer itself. */
  private void peerSpoke(Peer peer) {
    if (peer.becomesReachable()) {
      peers.spoke(peer);
      guard.run("the listener", () -> listener.onPeerAppeared(peer.id()));
    }
  }

  /** What the connections tell. */
  private final class TcpEvents implements LinkTcp.Events {

    @Override
    public void memberSpoke(Address member, IpAddress at) {
      if (member instanceof UUID uuid && !closed.get()) {
        Peer peer = learn(memberOf(uuid), at);
        if (peer != null) {
          peerSpoke(peer);
        }
      }
    }

    @Override
    public void connectionEnded(IpAddress to, boolean goodbye) {
      if (closed.get()) {
        return;
      }
      peers.at(
          to,
          peer -> {
            peer.becomesUnreachable();
            peer.link().abandonLarge();
            peer.large().drop();
            peer.link().window().reset();
            if (!goodbye) {
              guard.run(
                  "the listener",
                  () -> listener.onConnectionLost(peer.id(), "the connection to " + to + " broke"));
            }
          });
    }
  }
}
