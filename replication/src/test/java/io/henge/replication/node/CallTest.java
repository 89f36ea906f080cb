package io.henge.replication.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.replication.partition.ClientResult;
import org.junit.jupiter.api.Test;

class CallTest {

  private static final Call.Ended ENDED =
      new Call.Ended(new ClientResult(ClientResult.Kind.DONE, null, null));

  @Test
  void aGrantThatCameLateDoesNotHideTheEnd() {
    Call call = new Call();
    call.report(ENDED);
    call.report(new Call.Granted(null));

    assertThat(call.await()).isSameAs(ENDED);
  }

  @Test
  void theEndReplacesAGrantThatWasNotTaken() {
    Call call = new Call();
    call.report(new Call.Granted(null));
    call.report(ENDED);

    assertThat(call.await()).isSameAs(ENDED);
  }
}
