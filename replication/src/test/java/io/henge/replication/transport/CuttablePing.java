package io.henge.replication.transport;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TCPPING;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.UUID;

/**
 * TCPPING that puts JGroups' DISCARD between itself and TCP, for tests that name it in {@code
 * henge.transport.config}: a discovery protocol is what a user's configuration may bring along.
 * Tests find it by the member's name among the JVM's MBeans.
 */
public final class CuttablePing extends TCPPING implements LinkCutsMXBean {

  private final DISCARD discard = new DISCARD();

  /** Called by JGroups. */
  public CuttablePing() {
    id = ClassConfigurator.getProtocolId(TCPPING.class);
  }

  /** The cuts of a member of this JVM. */
  public static LinkCutsMXBean of(String member) throws JMException {
    return JMX.newMXBeanProxy(server(), name(member), LinkCutsMXBean.class);
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  private static ObjectName name(String member) throws JMException {
    return new ObjectName("io.henge.test:type=LinkCuts,member=" + member);
  }

  private ObjectName name() throws JMException {
    return name(getProtocolStack().getChannel().getName());
  }

  @Override
  public void start() throws Exception {
    getProtocolStack().insertProtocolInStack(discard, this, ProtocolStack.Position.BELOW);
    discard.setProtocolStack(getProtocolStack());
    discard.setAddress(local_addr);
    server().registerMBean(this, name());
    super.start();
  }

  @Override
  public void stop() {
    super.stop();
    try {
      server().unregisterMBean(name());
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void loseFrom(long high, long low) {
    discard.addIgnoreMember(new UUID(high, low));
  }

  @Override
  public long getLost() {
    return ((Number) discard.getValue("num_up")).longValue();
  }

  @Override
  public void heal() {
    discard.resetIgnoredMembers();
  }
}
