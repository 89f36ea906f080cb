package io.henge.admin.fake;

import io.henge.replication.node.management.ClusterMXBean;
import io.henge.replication.node.management.ProbeView;

/** What the script can be asked to do; a node may offer more or less of it. */
public interface ScriptedActionsMXBean extends ClusterMXBean {

  /** Hands over what a member holds. */
  @Override
  void drain(String memberId);

  /** Ends a drain. */
  @Override
  void undrain(String memberId);

  /** Changes a member's share. */
  @Override
  void setWeight(String memberId, double weight);

  /** Makes another copy of a partition its primary. */
  @Override
  void movePrimary(int partition, long epoch, String memberId);

  /** Lets the leader hand over. */
  @Override
  void stepDown(String leaderId);

  /** Lets a member be silent for a while. */
  @Override
  void holdRenewals(String memberId, long millis);

  /** Lets a member be cut off for a while. */
  @Override
  void cutDrill(String memberId, long millis);

  /** Lets a member go, and come back. */
  @Override
  void crashDrill(String memberId);

  /** Begins to pretend that somebody writes and reads. */
  @Override
  void beginProbe(String memberId);

  /** Tells what that came to. */
  @Override
  ProbeView endProbe();

  /** Stops what only makes the load even. */
  @Override
  void pauseRebalancing();

  /** Lets it go on. */
  @Override
  void resumeRebalancing();
}
