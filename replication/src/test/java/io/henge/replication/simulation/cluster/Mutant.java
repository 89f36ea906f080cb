package io.henge.replication.simulation.cluster;

import io.henge.replication.consensus.AcceptorState;
import io.henge.replication.membership.ClusterStateMachine;
import io.henge.replication.membership.ControlOutput;
import io.henge.replication.membership.ControlParts;
import io.henge.replication.membership.ControlPlane;
import io.henge.replication.membership.FoundingVote;
import io.henge.replication.membership.Handover;
import io.henge.replication.membership.LeaseCredit;
import io.henge.replication.membership.LeaseGrantor;
import io.henge.replication.membership.LeaseHolder;
import io.henge.replication.membership.Member;
import io.henge.replication.membership.MemberState;
import io.henge.replication.membership.Memory;
import io.henge.replication.membership.MemoryKeeper;
import io.henge.replication.membership.PlannedChangeRules;
import io.henge.replication.membership.RevocationClock;
import io.henge.replication.partition.PartitionRules;
import io.henge.replication.relay.Beat;
import io.henge.replication.relay.Reachability;
import io.henge.replication.topology.MemberId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** The engine with one rule left out each (PROTOCOL 7.3): the simulator has to notice. */
@SuppressWarnings("ImmutableEnumChecker") // stateless, but for what is made anew for each member
public enum Mutant {
  /** A new primary commits at once, whoever may still hold a lease. */
  NO_BARRIER(
      new PartitionRules() {
        @Override
        public boolean barrierBlocksCommit() {
          return false;
        }
      }),

  /** Voters go on renewing leases though they accepted a revocation. */
  VOTERS_KEEP_RENEWING(
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
      }),

  /** A backup answers reads over pending marks. */
  BACKUP_IGNORES_PENDING(
      new PartitionRules() {
        @Override
        public boolean pendingBlocksLocalRead() {
          return false;
        }
      }),

  /** A backup answers other members' reads over pending marks. */
  BACKUP_ANSWERS_PENDING_REMOTELY(
      new PartitionRules() {
        @Override
        public boolean pendingBlocksRemoteRead() {
          return false;
        }
      }),

  /** A copy answers other members' reads though its lease is over. */
  ANSWERS_READS_WITHOUT_LEASE(
      new PartitionRules() {
        @Override
        public boolean remoteReadNeedsLease() {
          return false;
        }
      }),

  /** Frames of any epoch count. */
  NO_FENCING(
      new PartitionRules() {
        @Override
        public boolean epochMatches(long frameEpoch, long ownEpoch) {
          return true;
        }
      }),

  /** A lease is counted from when its last grant arrived. */
  LEASE_FROM_GRANT(
      new ControlParts() {
        @Override
        public LeaseHolder leaseHolder(long length) {
          return new LeaseHolder(length) {
            @Override
            protected long startOf(long sentAt, long now) {
              return now;
            }
          };
        }
      }),

  /** A new primary answers over effects that it inherited. */
  SERVES_OVER_INHERITED(
      new PartitionRules() {
        @Override
        public boolean inheritedBlocksRead(long newestEffectOnKey, long inherited, long commit) {
          return false;
        }
      }),

  /** Only the latest revocation is waited for. */
  LATEST_REVOCATION_ONLY(
      new ControlParts() {
        @Override
        public RevocationClock revocationClock(long barrier) {
          return new RevocationClock(barrier) {
            @Override
            public boolean over(SortedMap<MemberId, Long> revoked, long now) {
              return super.over(latest(revoked), now);
            }
          };
        }
      }),

  /** A request that the network repeated is executed again. */
  NO_DEDUPLICATION(
      new PartitionRules() {
        @Override
        public boolean alreadyExecuted(long sequence, long newestOfLane) {
          return false;
        }
      }),

  /** The accept quorum's greatest age counts as credit, not its least. */
  CREDIT_BY_MAXIMUM(
      new ControlParts() {
        @Override
        public LeaseCredit leaseCredit(long now) {
          return new LeaseCredit(now) {
            @Override
            public byte[] note(List<byte[]> batch, List<byte[]> attachments, long at) {
              byte[] best = new byte[0];
              for (byte[] attachment : attachments) {
                byte[] note = super.note(batch, List.of(attachment), at);
                best = LeaseCredit.read(note) > LeaseCredit.read(best) ? note : best;
              }
              return best;
            }
          };
        }
      }),

  /** A learner's acknowledgement does not bind once its promotion is proposed. */
  PROMOTION_DOES_NOT_BIND(
      new PartitionRules() {
        @Override
        public boolean promotionBinds() {
          return false;
        }
      }),

  /** A learner is promoted before it has caught up. */
  PROMOTED_TOO_EARLY(
      new PartitionRules() {
        @Override
        public boolean learnerReady(boolean transferDone, long acknowledged, long commit) {
          return true;
        }
      }),

  /** Who finds an entry past its deadline tells it as absent, without an effect. */
  EXPIRES_BY_ITSELF(
      new PartitionRules() {
        @Override
        public boolean expiryNeedsEffect() {
          return false;
        }
      }),

  /** An asynchronous primary answers without a lease. */
  ANSWERS_WITHOUT_LEASE(
      new PartitionRules() {
        @Override
        public boolean answerNeedsLease() {
          return false;
        }
      }),

  /** A primary takes more though a backup owes too much already. */
  IGNORES_BACKLOG(
      new PartitionRules() {
        @Override
        public boolean backlogIsBounded() {
          return false;
        }
      }),

  /** A full cache takes more, and evicts only now and then. */
  WRITES_WITHOUT_ROOM(
      new PartitionRules() {
        @Override
        public boolean writesMakeRoom() {
          return false;
        }
      }),

  /** What an operation was evaluated on is evicted before the operation's effect. */
  EVICTS_WHAT_IS_WRITTEN(
      new PartitionRules() {
        @Override
        public boolean evictionSparesWhatIsWritten() {
          return false;
        }
      }),

  /** A new primary begins to count the partition's time anew. */
  TIME_BEGINS_ANEW(
      new PartitionRules() {
        @Override
        public boolean partitionTimeGoesOn() {
          return false;
        }
      }),

  /** An asynchronous primary answers while the one before may still do. */
  ANSWERS_BEFORE_BARRIER(
      new PartitionRules() {
        @Override
        public boolean barrierBlocksAnswers() {
          return false;
        }
      }),

  /** Any survivor goes on with its own log, though another one holds more. */
  PROMOTES_ANY_SURVIVOR(
      new PartitionRules() {
        @Override
        public boolean gathersTails() {
          return false;
        }
      }),

  /** A new primary begins without noting what may be lost. */
  LOSES_SILENTLY(
      new PartitionRules() {
        @Override
        public boolean lossIsNoted() {
          return false;
        }
      }),

  /** A primary answers up to a limit that others may not know. */
  LIMIT_NOT_CONFIRMED(
      new PartitionRules() {
        @Override
        public boolean limitIsConfirmed() {
          return false;
        }
      }),

  /** A primary answers as far ahead of its backups as it likes. */
  IGNORES_MAX_LAG(
      new PartitionRules() {
        @Override
        public boolean lagIsBounded() {
          return false;
        }
      }),

  /** A member says goodbye, which counts as a proof of death, and keeps its lease. */
  LEAVES_WITH_LEASE(
      new PlannedChangeRules() {
        @Override
        public boolean leaseEndsBeforeGoodbye() {
          return false;
        }
      }),

  /** A replica that is not wanted any more goes before its replacement is in sync. */
  SHRINKS_BEFORE_PROMOTION(
      new PlannedChangeRules() {
        @Override
        public boolean canSpare(int wantedInSync, int copies) {
          return wantedInSync > 0;
        }
      }),

  /** A draining member does not wait until others have its copies. */
  LEAVES_BEFORE_HANDOVER(
      new PlannedChangeRules() {
        @Override
        public boolean handedOver(Handover handover) {
          return handover.primaries() == 0;
        }
      }),

  /**
   * A member that drains is promoted all the same, perhaps when it thinks that it holds nothing.
   */
  PROMOTES_THE_DRAINING(
      new ControlParts() {
        @Override
        public ClusterStateMachine stateMachine() {
          return new ClusterStateMachine() {
            @Override
            protected boolean mayPromote(MemberState learner) {
              return learner == MemberState.DRAINING || super.mayPromote(learner);
            }
          };
        }
      }),

  /** A joiner that died before its welcome is suspended, as if it could have data. */
  WAITS_FOR_WHO_NEVER_ARRIVED(
      Fault.ABANDONED_JOIN,
      new PlannedChangeRules() {
        @Override
        public boolean forgetsWhoNeverArrived() {
          return false;
        }
      }),

  /** The leader takes the earlier primary out before the new one has what only that one held. */
  RELEASES_BEFORE_TAKEOVER(
      Fault.DRAIN,
      new PlannedChangeRules() {
        @Override
        public boolean primaryReleases() {
          return false;
        }
      }),

  /** The voters' seats are given to anybody, whatever zone he is in. */
  CROWDS_THE_VOTERS(
      new PlannedChangeRules() {
        @Override
        public String seatZone(Member member) {
          return "";
        }
      }),

  /** A member that listens takes changes over a hole. */
  TAKES_CHANGES_OVER_HOLES(
      new PartitionRules() {
        @Override
        public boolean changesAreContiguous() {
          return false;
        }
      }),

  /** A member that listens takes what is told again. */
  TAKES_CHANGES_TWICE(
      new PartitionRules() {
        @Override
        public boolean changesAreTakenOnce() {
          return false;
        }
      }),

  /** A new primary goes on with what it has, and says nothing of what it does not have. */
  MISSES_CHANGES_SILENTLY(
      new PartitionRules() {
        @Override
        public boolean missedChangesAreTold() {
          return false;
        }
      }),

  /** A primary without a lease goes on committing. */
  COMMITS_WITHOUT_LEASE(
      new PartitionRules() {
        @Override
        public boolean commitNeedsLease() {
          return false;
        }
      }),

  /** A voter promises and accepts before that is on its disk. */
  ANSWERS_BEFORE_SYNC(
      new ControlParts() {
        @Override
        public MemoryKeeper memoryKeeper(ControlOutput output, Memory memory) {
          return new MemoryKeeper(output, memory) {
            @Override
            public long awaitStored() {
              super.awaitStored();
              return 0;
            }
          };
        }
      }),

  /** Nobody goes round a broken link. */
  NO_DETOURS((said, destination) -> false),

  /** Goes round a broken link by anybody, who may not reach the other end either. */
  DETOURS_TO_DEAD_ENDS((said, destination) -> true),

  /** A replica that stood still itself takes that time for the silence of others. */
  IMPATIENT_AFTER_OWN_PAUSE(Fault.STARVED, MutantPatience.afterOwnPause()),

  /** However quickly ballots follow each other, leaders are waited for as long as ever. */
  NEVER_MORE_PATIENT(Fault.STARVED, MutantPatience.never()),

  /** A leader that hands over is waited for until it has been silent for long enough. */
  INSISTS_AFTER_HANDOVER(Fault.OPERATOR, MutantPatience.afterHandover()),

  /** What follows a large frame may overtake it. */
  OVERTAKES_LARGE_FRAMES(
      Fault.LARGE_VALUES,
      MutantReassembly.with(
          new PartitionRules() {
            @Override
            public boolean nothingFollowsLarge() {
              return false;
            }
          })),

  /** A large frame is sent again while it is on its way. */
  SENDS_LARGE_FRAMES_AGAIN(
      Fault.LARGE_VALUES,
      MutantReassembly.with(
          new PartitionRules() {
            @Override
            public boolean waitsForLarge() {
              return false;
            }
          })),

  /** A large frame goes on with the fragments of another one. */
  MIXES_LARGE_FRAMES(Fault.LARGE_VALUES, MutantReassembly.ofAnyFrame()),

  /** A large frame goes on though a fragment of it is missing. */
  FORGETS_A_FRAGMENT(Fault.LARGE_VALUES, MutantReassembly.overHoles()),

  /** A large frame is handled before all of it is there. */
  HANDLES_PARTS_OF_FRAMES(Fault.LARGE_VALUES, MutantReassembly.beforeItIsWhole()),

  /** A primary that an operator moved is moved back. */
  MOVES_BACK(
      Fault.OPERATOR,
      new PlannedChangeRules() {
        @Override
        public boolean movesLast() {
          return false;
        }
      }),

  /** Callers that want several keys reserve them as they come. */
  RESERVES_IN_ANY_ORDER(
      Fault.DRAIN,
      new Parts() {
        @Override
        protected Comparator<byte[]> reservationOrder(String caller) {
          Comparator<byte[]> order = super.reservationOrder(caller);
          return caller.hashCode() % 2 == 0 ? order : order.reversed();
        }
      }),

  /** A voter whose disk failed goes on as if it did remember. */
  VOTES_WITHOUT_DISK(
      Fault.DISK_FAILURE,
      new Parts() {
        @Override
        protected void memoryFailed(ControlPlane plane, long number, long now) {
          plane.onStored(number, now);
        }
      }),

  /** A voter comes back under its old id without what it promised and accepted. */
  VOTER_FORGETS_ON_RESTART(
      memory ->
          new Memory(
              memory.voter(),
              memory.start(),
              AcceptorState.NEW,
              memory.state(),
              memory.founding())),

  /** A majority founds whose hosts forget what they accepted when they restart. */
  FOUNDS_WITH_FORGETFUL_MAJORITY(
      memory ->
          new Memory(
              memory.voter(),
              memory.start(),
              memory.acceptor(),
              memory.state() != null && memory.state().slot() == 0 ? null : memory.state(),
              FoundingVote.NONE));

  /** The trouble without which nobody could notice; null if others do. */
  private final Fault needed;

  private final Parts parts;

  Mutant(PartitionRules rules) {
    this(
        null,
        new Parts() {
          @Override
          protected PartitionRules partitionRules() {
            return rules;
          }
        });
  }

  Mutant(PlannedChangeRules planned) {
    this(null, planned);
  }

  Mutant(Fault needed, PlannedChangeRules planned) {
    this(
        needed,
        new ControlParts() {
          @Override
          public PlannedChangeRules plannedChangeRules() {
            return planned;
          }
        });
  }

  Mutant(ControlParts control) {
    this(null, control);
  }

  Mutant(Fault needed, ControlParts control) {
    this(
        needed,
        new Parts() {
          @Override
          protected ControlParts controlParts() {
            return control;
          }
        });
  }

  Mutant(UnaryOperator<Memory> recovery) {
    this(
        null,
        new Parts() {
          @Override
          protected Memory recovered(Memory memory) {
            return recovery.apply(memory);
          }
        });
  }

  Mutant(BiPredicate<Beat, MemberId> reaches) {
    this(
        null,
        new Parts() {
          @Override
          protected Reachability reachability(MemberId self) {
            return new OtherReachability(self, reaches);
          }
        });
  }

  Mutant(Fault needed, Parts parts) {
    this.needed = needed;
    this.parts = parts;
  }

  /** Tells whether a seed with this plan may notice. */
  public boolean concerns(FaultPlan plan) {
    return needed == null || plan.has(needed);
  }

  /** The parts of a member of which this rule is left out. */
  public Parts parts() {
    return parts;
  }

  private static SortedMap<MemberId, Long> latest(SortedMap<MemberId, Long> revoked) {
    SortedMap<MemberId, Long> latest = new TreeMap<>();
    long slot = revoked.values().stream().mapToLong(Long::longValue).max().orElse(0);
    for (Map.Entry<MemberId, Long> mark : revoked.entrySet()) {
      if (mark.getValue() == slot) {
        latest.put(mark.getKey(), slot);
      }
    }
    return latest;
  }
}
