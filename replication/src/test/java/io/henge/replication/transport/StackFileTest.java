package io.henge.replication.transport;

import static io.henge.replication.transport.TransportFixture.bytes;
import static io.henge.replication.transport.TransportFixture.freePort;
import static io.henge.replication.transport.TransportFixture.seed;
import static io.henge.replication.transport.TransportFixture.unbuilt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.henge.replication.transport.RecordingListener.Frame;
import io.henge.replication.transport.Transport.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's own JGroups configuration: what works, and what is refused with which words. */
class StackFileTest {

  @TempDir private Path directory;

  private String file(String protocols) throws IOException {
    Path file = directory.resolve("stack.xml");
    Files.writeString(file, "<config xmlns=\"urn:org:jgroups\">\n" + protocols + "\n</config>");
    return file.toString();
  }

  @Test
  void tcpAttributesAndADiscoveryAreTaken() throws IOException {
    try (TransportFixture transports = new TransportFixture()) {
      RecordingListener heardByA = new RecordingListener();
      RecordingListener heardByB = new RecordingListener();
      JGroupsTransport a = transports.open(unbuilt("c", freePort()).build(), heardByA);
      String location =
          file(
              "<TCP send_buf_size=\"1000000\" tcp_nodelay=\"true\" diag.enabled=\"false\""
                  + " external_addr=\"${henge.test.none:127.0.0.1}\"/>\n"
                  + "<TCPPING initial_hosts=\""
                  + seed(a.port())
                  + "\" port_range=\"0\"/>");
      JGroupsTransport b =
          transports.open(
              unbuilt("c", freePort()).discovery(new Discovery.Configured(location)).build(),
              heardByB);

      await().until(() -> heardByA.appeared.contains(b.self()));
      a.send(b.self(), Channel.DATA, bytes("hello"));
      await().until(() -> heardByB.frames.contains(new Frame(a.self(), "hello")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<UDP/><PING/> | its transport is UDP, allowed is only TCP: connections tell of lost peers",
        "<TCP/> | it has no discovery protocol, such as TCPPING",
        "<TCP/><TCPPING/><pbcast.GMS/> | the protocol pbcast.GMS is not allowed",
        "<TCP/><TCPPING/><pbcast.GMS/> | members are decided by Henge's own log",
        "<TCP/><TCPPING/><FRAG4/> | the protocol FRAG4 is not allowed",
        "<TCP/><TCPPING/><FRAG4/> | large values are cut by Henge itself",
        "<TCP/><TCPPING/><UFC/> | flow control would block senders",
        "<TCP/><TCPPING/><UNICAST3/> | what is lost is sent again by Henge",
        "<TCP/><MPING/> | set henge.discovery=multicast://group[port] instead",
        "<TCP/><JDBC_PING2/> | it writes its list when views change",
        "<TCP/><NO_SUCH/> | the protocol NO_SUCH is not allowed",
        "<TCP message_processing_policy='max'/><TCPPING/> | TCP: message_processing_policy=max is"
            + " not allowed, only all-direct",
        "<TCP diag.enabled='true'/><TCPPING/> | TCP: diag.enabled=true is not allowed, only false",
        "<TCP send_buf_size='1000'/><TCPPING/> | TCP: send_buf_size=1000 is not allowed, only a"
            + " number from 262144",
        "<TCP bind_port='1'/><TCPPING/> | the attribute bind_port is not allowed: set"
            + " henge.transport.bind-port instead",
        "<TCP tls.enabled='true'/><TCPPING/> | set henge.tls.certificate and henge.tls.trust",
        "<TCP diag.passcode='x'/><TCPPING/> | the diagnostics port lets anybody",
        "<TCP conn_expire_time='1'/><TCPPING/> | looks like a death",
        "<TCP typo='1'/><TCPPING/> | the attribute typo is not allowed: allowed are [buffered_",
      })
  void whatDoesNotSuitIsNamedWithTheReason(String protocols, String message) throws IOException {
    String location = file(protocols.replace('\'', '"'));
    assertThatThrownBy(() -> StackFile.read(location))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(location + " does not suit Henge")
        .hasMessageContaining(message);
  }

  @Test
  void allProblemsAreToldAtOnce() throws IOException {
    String location = file("<TCP bind_port=\"1\" diag.enabled=\"true\"/><UFC/>");
    assertThatThrownBy(() -> StackFile.read(location))
        .hasMessageContaining("bind_port")
        .hasMessageContaining("diag.enabled")
        .hasMessageContaining("UFC");
  }

  @Test
  void theStacksThatComeWithJGroupsAreRefusedWithTheirReasons() {
    assertThatThrownBy(() -> StackFile.read("tcp.xml"))
        .hasMessageContaining("GMS")
        .hasMessageContaining("henge.transport.bind-port");
  }

  @Test
  void aFileThatIsNotThereOrNotXmlIsAnError() throws IOException {
    assertThatThrownBy(() -> StackFile.read("no-such.xml"))
        .hasMessageContaining("no-such.xml is neither a file nor a resource");
    Path file = directory.resolve("text.xml");
    Files.writeString(file, "this is not XML");
    assertThatThrownBy(() -> StackFile.read(file.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).exists();
  }
}
