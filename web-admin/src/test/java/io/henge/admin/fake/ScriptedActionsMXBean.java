package io.henge.admin.fake;

import io.henge.replication.node.management.ClusterMXBean;

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

  /** Stops what only makes the load even. */
  @Override
  void pauseRebalancing();

  /** Lets it go on. */
  @Override
  void resumeRebalancing();
}
