package io.henge.arquillian.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one run showed.
 *
 * @param nemesis the kind of faults
 * @param members how many members
 * @param mode sync or async
 * @param seed of the faults' order
 * @param lasted from the first fault to the end of the last
 * @param strikes how many faults
 * @param operations operations of all clients
 * @param keys keys of which the history was judged
 * @param violations keys whose history is not linearizable, with the reason
 * @param undecided keys whose history was too wide for the judge
 * @param puts acknowledged puts of keys that nobody changes afterwards
 * @param lostPuts those of them that some member did not find at the end
 * @param increments acknowledged increments
 * @param lostIncrements counted less at the end than acknowledged
 * @param repeatedIncrements counted more at the end than attempted
 * @param sameAnswers increments that were told a sum that another one was told, too
 * @param possiblyLost acknowledged operations that failovers of an asynchronous cache may have
 *     lost, as the cluster itself says
 * @param differing keys of an asynchronous cache of which two copies differed at the end
 * @param overdue operations that took longer than their timeout though their process ran
 * @param refused operations at healthy members that were refused
 * @param unknown operations at healthy members of unknown outcome
 * @param waitInFault the longest wait of a client of a healthy member for its next acknowledged
 *     write
 * @param waitAfter the same of any client after the repair
 * @param gap the longest time without any acknowledged write at a healthy member
 * @param inSync the longest time from a repair until every copy was in sync
 * @param slowest the slowest answer of a process that ran
 * @param needlessCopies full copies of partitions after faults that every process lived through
 * @param load the machine's load average at the end
 * @param notes whatever else a reader should know
 */
record Findings(
    String nemesis,
    int members,
    String mode,
    long seed,
    Duration lasted,
    int strikes,
    long operations,
    int keys,
    List<String> violations,
    List<String> undecided,
    int puts,
    int lostPuts,
    long increments,
    long lostIncrements,
    long repeatedIncrements,
    long sameAnswers,
    long possiblyLost,
    List<String> differing,
    List<String> overdue,
    long refused,
    long unknown,
    Duration waitInFault,
    Duration waitAfter,
    Duration gap,
    Duration inSync,
    Duration slowest,
    long needlessCopies,
    double load,
    List<String> notes) {

  Findings {
    violations = List.copyOf(violations);
    undecided = List.copyOf(undecided);
    differing = List.copyOf(differing);
    overdue = List.copyOf(overdue);
    notes = List.copyOf(notes);
  }

  /** What breaks a promise of the mode, in words; empty if nothing does. */
  List<String> broken() {
    List<String> broken = new ArrayList<>(overdue);
    differing.forEach(each -> broken.add("copies differ: " + each));
    add(broken, repeatedIncrements, "increments happened more often than asked for");
    // An asynchronous cache keeps what a synchronous one promises, but for what it says it may
    // lack.
    if (possiblyLost == 0) {
      broken.addAll(violations);
    }
    add(
        broken,
        lostPuts + lostIncrements - possiblyLost,
        "more acknowledged writes are lost" + said());
    add(
        broken,
        sameAnswers - possiblyLost,
        "more increments were told the sum of another" + said());
    return broken;
  }

  private String said() {
    return " than the " + possiblyLost + " that the cluster says may be";
  }

  private static void add(List<String> broken, long count, String what) {
    if (count > 0) {
      broken.add(count + " " + what);
    }
  }
}
