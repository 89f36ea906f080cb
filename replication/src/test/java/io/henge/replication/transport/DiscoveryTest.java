package io.henge.replication.transport;

import static io.henge.replication.transport.TransportFixture.freePort;
import static io.henge.replication.transport.TransportFixture.newMember;
import static io.henge.replication.transport.TransportFixture.unbuilt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.henge.replication.wire.MalformedFrameException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Names whose addresses change, and multicast groups. */
class DiscoveryTest {

  private static final System.Logger LOG = System.getLogger(DiscoveryTest.class.getName());

  private final TransportFixture transports = new TransportFixture();
  private final RecordingListener heardByA = new RecordingListener();
  private final RecordingListener heardByB = new RecordingListener();
  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final LogRecorder log = new LogRecorder();

  @AfterEach
  void closeAll() {
    transports.close();
    log.close();
  }

  private InetAddress[] resolve(String name) throws UnknownHostException {
    List<String> addresses = names.get(name);
    if (addresses == null) {
      throw new UnknownHostException(name);
    }
    InetAddress[] resolved = new InetAddress[addresses.size()];
    for (int i = 0; i < resolved.length; i++) {
      resolved[i] = InetAddress.getByName(addresses.get(i));
    }
    return resolved;
  }

  private HostContacts contacts(String... seeds) {
    HostContacts contacts =
        new HostContacts(LOG, Arrays.stream(seeds).map(Seed::parse).toList(), this::resolve);
    contacts.open(new IpAddress(loopback(), 7800));
    return contacts;
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  @Test
  void allAddressesOfANameAreAskedExceptTheOwnAndThoseOfTheOtherFamily() {
    names.put("cache", List.of("127.0.0.1", "10.0.0.2", "fe80::1", "10.0.0.3"));

    assertThat(contacts("cache[7800]").now())
        .extracting(Object::toString)
        .containsExactly("10.0.0.2:7800", "10.0.0.3:7800");
  }

  @Test
  void aNameIsLookedUpAgainInEveryRound() {
    HostContacts contacts = contacts("cache[7800]");
    assertThat(contacts.now()).isEmpty();
    names.put("cache", List.of("10.0.0.2"));
    assertThat(contacts.now()).extracting(Object::toString).containsExactly("10.0.0.2:7800");
    names.put("cache", List.of("10.0.0.3"));
    assertThat(contacts.now()).extracting(Object::toString).containsExactly("10.0.0.3:7800");
    names.remove("cache");
    assertThat(contacts.now()).isEmpty();
  }

  @Test
  void aMemberFindsAnotherOnceTheNameLeadsThere() throws IOException {
    JGroupsTransport a = transports.open(unbuilt("c", freePort()).build(), heardByA);
    JGroupsTransport b =
        transports.open(
            unbuilt("c", freePort(), "members.example[" + a.port() + "]").build(),
            newMember(),
            heardByB,
            this::resolve);
    names.put("members.example", List.of("127.0.0.9"));
    await().until(() -> b.statistics().framesDropped() == 0 && heardByB.appeared.isEmpty());

    names.put("members.example", List.of("127.0.0.1"));
    await().until(() -> heardByB.appeared.contains(a.self()));
    await().until(() -> heardByA.appeared.contains(b.self()));
  }

  private static Discovery.Multicast group() {
    return new Discovery.Multicast(
        "239.255.72." + ThreadLocalRandom.current().nextInt(1, 255),
        ThreadLocalRandom.current().nextInt(20_000, 30_000));
  }

  private JGroupsTransport open(
      String cluster, Discovery.Multicast group, RecordingListener heard) {
    try {
      return transports.open(unbuilt(cluster, freePort()).discovery(group).build(), heard);
    } catch (IOException e) {
      Assumptions.abort("no multicast on the loopback interface here: " + e.getMessage());
      throw new AssertionError(e);
    }
  }

  @Test
  void membersOfOneMulticastGroupFindEachOther() {
    Discovery.Multicast group = group();
    JGroupsTransport a = open("c", group, heardByA);
    JGroupsTransport b = open("c", group, heardByB);
    Assumptions.assumeTrue(
        log.warnings.stream().noneMatch(text -> text.contains("cannot announce itself")),
        "no multicast on the loopback interface here");

    await().until(() -> heardByA.appeared.contains(b.self()));
    await().until(() -> heardByB.appeared.contains(a.self()));

    RecordingListener heard = new RecordingListener();
    JGroupsTransport ofAnother = open("d", group, heard);
    assertThat(ofAnother.statistics().framesSent()).isZero();
    assertThat(heard.appeared).isEmpty();
    assertThat(heardByA.appeared).containsExactly(b.self());
  }

  @Test
  void anAddressThatIsNoGroupIsAnError() {
    assertThatThrownBy(
            () ->
                transports.open(
                    unbuilt("c", freePort())
                        .discovery(new Discovery.Multicast("10.0.0.1", 7799))
                        .build(),
                    heardByA))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("10.0.0.1 is no multicast group");
  }

  @Test
  void anAnnouncementIsReadAsItWasWrittenAndNothingElseIs() throws IOException {
    for (String host : List.of("10.1.2.3", "fe80::1")) {
      Announcement announced =
          new Announcement(-5, new IpAddress(InetAddress.getByName(host), 65_535));
      byte[] bytes = announced.encode();
      assertThat(bytes.length).isLessThan(Announcement.MOST_BYTES);
      assertThat(Announcement.decode(bytes, bytes.length)).isEqualTo(announced);
      for (int length = 0; length < bytes.length; length++) {
        int cut = length;
        assertThatThrownBy(() -> Announcement.decode(bytes, cut))
            .isInstanceOf(MalformedFrameException.class);
      }
    }
    byte[] foreign = "a datagram of somebody else".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> Announcement.decode(foreign, foreign.length))
        .isInstanceOf(MalformedFrameException.class);
  }
}
