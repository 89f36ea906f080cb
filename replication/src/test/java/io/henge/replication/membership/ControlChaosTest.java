package io.henge.replication.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.topology.MemberId;
import java.util.List;
import java.util.SortedMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** More seeds: {@code -Dcontrol.seeds=N}; one seed: {@code -Dcontrol.seed=N}. */
class ControlChaosTest {

  private static final int FAULTS = 12;

  @Test
  void clustersFoundedByTheirListSurviveRandomFaults() {
    run(NodeBootstrap.VOTERS);
  }

  @Test
  void clustersFoundedAloneSurviveRandomFaults() {
    run(NodeBootstrap.AUTO);
  }

  @Test
  void aBarrierThatNobodyWaitsForIsNoticed() {
    assertNoticed(
        new ControlParts() {
          @Override
          public RevocationClock revocationClock(long barrier) {
            return new RevocationClock(barrier) {
              @Override
              public boolean over(SortedMap<MemberId, Long> revoked, long now) {
                return true;
              }
            };
          }
        });
  }

  @Test
  void aVoterThatRenewsBelowWhatItAcceptedIsNoticed() {
    assertNoticed(
        new ControlParts() {
          @Override
          public LeaseGrantor leaseGrantor(long now) {
            return new LeaseGrantor(now) {
              @Override
              public boolean renew(MemberId member, long slot, long at) {
                super.renew(member, slot, at);
                return true;
              }
            };
          }
        });
  }

  @Test
  void aCreditThatIgnoresTheAgesIsNoticed() {
    assertNoticed(
        new ControlParts() {
          @Override
          public LeaseCredit leaseCredit(long now) {
            return new LeaseCredit(now) {
              @Override
              public byte[] note(List<byte[]> batch, List<byte[]> attachments, long at) {
                return new io.henge.replication.wire.WireWriter(10)
                    .writeVarLong(300_000_000L)
                    .toByteArray();
              }
            };
          }
        });
  }

  private static void run(NodeBootstrap bootstrap) {
    Long only = Long.getLong("control.seed");
    long seeds = Integer.getInteger("control.seeds", 25);
    LongStream.range(only == null ? 0 : only, only == null ? seeds : only + 1)
        .forEach(
            seed -> {
              try {
                new ControlChaos(seed, bootstrap, ControlParts.standard()).run(FAULTS);
              } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(bootstrap + " failed; again by -Dcontrol.seed=" + seed, e);
              }
            });
  }

  private static void assertNoticed(ControlParts mutant) {
    LongPredicate noticed =
        seed -> {
          try {
            new ControlChaos(seed, NodeBootstrap.AUTO, mutant).run(FAULTS);
            return false;
          } catch (AssertionError broken) {
            return broken.getMessage().contains("still has a lease");
          }
        };
    assertThat(LongStream.range(0, 200).anyMatch(noticed)).isTrue();
  }
}
