package io.henge.replication.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SendWindowTest {

  private static final int FRAME = 1000;

  private final SendWindow window = new SendWindow(0);
  private final SendWindow peer = new SendWindow(0);
  private final byte[] message = new byte[FrameHeader.BYTES + FRAME];

  private void peerReadsTheMessage() {
    peer.received(FrameHeader.position(message, 0), FrameHeader.read(message, 0));
  }

  private void peerAnswers() {
    byte[] answer = new byte[FrameHeader.BYTES];
    peer.stamp(answer);
    window.received(FrameHeader.position(answer, 0), FrameHeader.read(answer, 0));
  }

  private int fill() {
    int frames = 0;
    while (window.hasRoom(message.length)) {
      window.advance(message, message.length);
      frames++;
    }
    return frames;
  }

  @Test
  void aSilentPeerClosesTheWindowAfterAFewDozenFrames() {
    assertThat(fill()).isEqualTo(25);
    assertThat(window.room()).isLessThan(message.length + SendWindow.FRAME_CHARGE);
  }

  @Test
  void anAnswerOpensItAgain() {
    fill();
    peerReadsTheMessage();
    peerAnswers();

    assertThat(window.room()).isEqualTo(SendWindow.BOUND);
  }

  @Test
  void aLostFrameIsCountedAsReadWithTheNextOne() {
    window.advance(message, message.length);
    window.advance(message, message.length);
    peerReadsTheMessage();
    peerAnswers();

    assertThat(window.room()).isEqualTo(SendWindow.BOUND);
  }

  @Test
  void aPeerThatClaimsTooMuchGainsNothing() {
    window.advance(message, message.length);
    window.received(0, Long.MAX_VALUE);
    fill();

    assertThat(window.hasRoom(message.length)).isFalse();
  }

  @Test
  void whatWasReadIsOwedUntilTheNextFrameTellsIt() {
    window.advance(message, message.length);
    peerReadsTheMessage();
    assertThat(peer.owesAcknowledgement()).isTrue();
    peerAnswers();
    assertThat(peer.owesAcknowledgement()).isFalse();
    assertThat(window.owesAcknowledgement()).as("acknowledgements are not acknowledged").isFalse();
  }

  @Test
  void aPeerThatReadsNothingStalls() {
    assertThat(window.isStalled(0, 10)).as("nothing to read").isFalse();
    assertThat(window.isStalled(100, 10)).as("still nothing to read").isFalse();
    window.advance(message, message.length);
    assertThat(window.isStalled(101, 10)).as("just written").isFalse();
    assertThat(window.isStalled(110, 10)).as("not long enough").isFalse();
    assertThat(window.isStalled(111, 10)).isTrue();
  }

  @Test
  void aSlowPeerDoesNotStall() {
    window.advance(message, message.length);
    peerReadsTheMessage();
    window.advance(message, message.length);
    assertThat(window.isStalled(0, 10)).isFalse();
    peerAnswers();
    assertThat(window.isStalled(10, 10)).as("read something").isFalse();
    assertThat(window.isStalled(20, 10)).as("and then no more").isTrue();
  }

  @Test
  void aNewConnectionHasNothingUnderWay() {
    fill();
    window.reset();

    assertThat(window.room()).isEqualTo(SendWindow.BOUND);
  }

  @Test
  void aWindowThatBeginsLaterIgnoresWhatThePeerRemembers() {
    SendWindow later = new SendWindow(5_000_000);
    later.advance(message, message.length);
    later.received(0, 4_000_000);

    assertThat(later.room()).isEqualTo(SendWindow.BOUND - message.length - SendWindow.FRAME_CHARGE);
  }

  @Test
  void patienceGrowsWithEveryRenewalInARow() {
    Patience patience = new Patience();
    window.advance(message, message.length);
    long first = Patience.USUALLY_FIRST_NANOS;
    assertThat(patience.isExhausted(window, first, 0)).isFalse();
    assertThat(patience.isExhausted(window, first, first)).isTrue();
    window.reset();
    window.advance(message, message.length);
    assertThat(patience.isExhausted(window, first, first + 1)).isFalse();
    assertThat(patience.isExhausted(window, first, 2 * first + 1)).isFalse();
    assertThat(patience.isExhausted(window, first, 3 * first + 1)).isTrue();
  }

  @Test
  void patienceBeginsAnewWhenThePeerIsHeardAgain() {
    Patience patience = new Patience();
    window.advance(message, message.length);
    long first = Patience.USUALLY_FIRST_NANOS;
    assertThat(patience.isExhausted(window, first, 0)).isFalse();
    assertThat(patience.isExhausted(window, first, first)).isTrue();
    window.reset();
    patience.heard();
    window.advance(message, message.length);
    assertThat(patience.isExhausted(window, first, first + 1)).isFalse();
    assertThat(patience.isExhausted(window, first, 2 * first + 1)).isTrue();
  }

  @Test
  void aConnectionIsGivenUpAfterTwiceTheSilenceThatSuspendsAMemberWithinBounds() {
    assertThat(Patience.firstFor(seconds(1))).isEqualTo(Patience.USUALLY_FIRST_NANOS);
    assertThat(Patience.firstFor(seconds(4))).isEqualTo(seconds(8));
    assertThat(Patience.firstFor(seconds(1) / 10)).isEqualTo(Patience.SHORTEST_NANOS);
    assertThat(Patience.firstFor(seconds(600))).isEqualTo(Patience.LONGEST_NANOS);
  }

  @Test
  void patienceNeverGrowsBeyondTheLongest() {
    Patience patience = new Patience();
    long first = seconds(8);
    long now = 0;
    for (int i = 0; i < 100; i++) {
      window.advance(message, message.length);
      assertThat(patience.isExhausted(window, first, now)).isFalse();
      now += Patience.LONGEST_NANOS;
      assertThat(patience.isExhausted(window, first, now)).isTrue();
      window.reset();
    }
  }

  @Test
  void whoMayBeSilentForLongIsWaitedForAsLong() {
    Patience patience = new Patience();
    long first = Patience.firstFor(seconds(4));
    window.advance(message, message.length);
    assertThat(patience.isExhausted(window, first, 0)).isFalse();
    assertThat(patience.isExhausted(window, first, Patience.USUALLY_FIRST_NANOS)).isFalse();
    assertThat(patience.isExhausted(window, first, first)).isTrue();
  }

  private static long seconds(long count) {
    return TimeUnit.SECONDS.toNanos(count);
  }
}
