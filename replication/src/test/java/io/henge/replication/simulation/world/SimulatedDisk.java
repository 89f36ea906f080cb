package io.henge.replication.simulation.world;

import io.henge.replication.simulation.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A host's disk: outlives its processes. What was written and not yet synced may be lost in a
 * crash, from some write on; a write that was torn in two is found damaged and counts as lost.
 */
public final class SimulatedDisk {

  private record Write(byte[] record, boolean replaces) {}

  private final List<Write> written = new ArrayList<>();
  private int stable;
  private int lost;

  /** Adds a record, or puts it in the place of all before. */
  public void write(byte[] record, boolean replaces) {
    written.add(new Write(record.clone(), replaces));
  }

  /** How many writes there were so far. */
  public int position() {
    return written.size();
  }

  /** All writes up to a position are safe from now on. */
  public void synced(int position) {
    stable = Math.max(stable, Math.min(position, written.size()));
  }

  /** The machine loses its power: of what was not synced any first part may be there. */
  public void crash(SeededRandom random) {
    int kept = stable + random.below(written.size() - stable + 1);
    lost += written.size() - kept;
    written.subList(kept, written.size()).clear();
    stable = written.size();
  }

  /** The process ended and the machine goes on: all that was written will be read. */
  public void close() {
    stable = written.size();
  }

  /** How many writes were lost so far. */
  public int lost() {
    return lost;
  }

  /** What the next process reads: the last record that replaced all before, and those after it. */
  public List<byte[]> read() {
    return read(written.size());
  }

  /** What is safe, whatever happens. */
  public List<byte[]> readSafe() {
    return read(stable);
  }

  private List<byte[]> read(int upTo) {
    List<byte[]> records = new ArrayList<>();
    for (Write write : written.subList(0, upTo)) {
      if (write.replaces()) {
        records.clear();
      }
      records.add(write.record());
    }
    return records;
  }
}
