package io.henge.arquillian.faults;

import io.henge.arquillian.network.NetworkHost;
import java.util.ArrayList;
import java.util.List;

/**
 * Two faults at once, of different victims.
 *
 * @param first begins and ends first
 * @param second the other one
 */
record BothFaults(Disruption first, Disruption second) implements Disruption {

  @Override
  public String what() {
    return first.what() + " and " + second.what();
  }

  @Override
  public List<List<NetworkHost>> healthy() {
    List<List<NetworkHost>> both = new ArrayList<>();
    for (List<NetworkHost> one : first.healthy()) {
      for (List<NetworkHost> other : second.healthy()) {
        both.add(one.stream().filter(other::contains).toList());
      }
    }
    return both;
  }

  @Override
  public List<NetworkHost> down() {
    List<NetworkHost> both = new ArrayList<>(first.down());
    both.addAll(second.down());
    return both;
  }

  @Override
  public boolean spares() {
    return first.spares() && second.spares();
  }

  @Override
  public void begin() {
    first.begin();
    second.begin();
  }

  @Override
  public void end() {
    // The cut first: what is restarted has to find somebody.
    second.end();
    first.end();
  }
}
