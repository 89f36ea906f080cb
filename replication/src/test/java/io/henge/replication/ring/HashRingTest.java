package io.henge.replication.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.replication.topology.MemberId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashRingTest {

  private static final List<MemberId> MEMBERS =
      PlacementCase.equalMembers(9).stream().map(RingMember::id).toList();

  @Test
  void tokensStandClockwise() {
    List<HashRing.Token> tokens = HashRing.of(0, MEMBERS).tokens();
    assertThat(tokens).hasSize(MEMBERS.size() * HashRing.TOKENS_PER_MEMBER);
    for (int i = 1; i < tokens.size(); i++) {
      assertThat(Long.compareUnsigned(tokens.get(i - 1).point(), tokens.get(i).point()))
          .isNegative();
    }
  }

  @Test
  void candidatesAreTheOwnersOfTheTokensMetClockwise() {
    HashRing ring = HashRing.of(3, MEMBERS);
    Random random = new Random(5);
    for (int trial = 0; trial < 200; trial++) {
      long point = trial < 3 ? trial - 1 : random.nextLong();
      assertThat(ring.clockwiseFrom(point)).isEqualTo(clockwiseOneByOne(ring, point));
    }
  }

  @Test
  void aMembersTokensDependOnItAndTheGroupAlone() {
    List<HashRing.Token> alone = HashRing.of(1, MEMBERS.subList(4, 5)).tokens();
    List<HashRing.Token> together = HashRing.of(1, MEMBERS).tokens();
    assertThat(together).containsSubsequence(alone);
    assertThat(HashRing.of(2, MEMBERS.subList(4, 5)).tokens()).doesNotContainAnyElementsOf(alone);
  }

  @Test
  void theOrderOfMembersDoesNotMatter() {
    List<MemberId> shuffled = new ArrayList<>(MEMBERS);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(HashRing.of(0, shuffled).tokens()).isEqualTo(HashRing.of(0, MEMBERS).tokens());
  }

  @Test
  void distanceIsTheWayToTheNextTokenOfAMember() {
    HashRing ring = HashRing.of(0, MEMBERS);
    Random random = new Random(9);
    for (int trial = 0; trial < 200; trial++) {
      long point = random.nextLong();
      int member = random.nextInt(MEMBERS.size());
      long reached = point + ring.distance(point, member);
      assertThat(ring.tokens()).contains(new HashRing.Token(reached, ring.members().get(member)));
      assertThat(
              ring.tokens().stream()
                  .filter(token -> token.member().equals(ring.members().get(member)))
                  .noneMatch(
                      token -> Long.compareUnsigned(token.point() - point, reached - point) < 0))
          .isTrue();
    }
  }

  @Test
  void aMemberIsOnTheRingOnce() {
    assertThatThrownBy(() -> HashRing.of(0, List.of(MEMBERS.get(0), MEMBERS.get(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(MEMBERS.get(0).toString());
  }

  @Test
  void anEmptyRingHasNoCandidates() {
    assertThat(HashRing.of(0, List.of()).clockwiseFrom(1)).isEmpty();
  }

  private static List<MemberId> clockwiseOneByOne(HashRing ring, long point) {
    LinkedHashSet<MemberId> met = new LinkedHashSet<>();
    for (HashRing.Token token : ring.tokens()) {
      if (Long.compareUnsigned(token.point(), point) >= 0) {
        met.add(token.member());
      }
    }
    ring.tokens().forEach(token -> met.add(token.member()));
    return List.copyOf(met);
  }
}
