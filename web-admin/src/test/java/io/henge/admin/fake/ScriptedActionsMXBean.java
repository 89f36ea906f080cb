package io.henge.admin.fake;

import io.henge.replication.node.management.ClusterMXBean;

/** What the script can be asked to do; a node may offer more or less of it. */
public interface ScriptedActionsMXBean extends ClusterMXBean {

  /** Hands over what a member holds. */
  void drain(String memberId);

  /** Ends a drain. */
  void undrain(String memberId);

  /** Changes a member's share. */
  void setWeight(String memberId, double weight);

  /** Stops what only makes the load even. */
  void pauseRebalancing();

  /** Lets it go on. */
  void resumeRebalancing();
}
