package io.henge.admin.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.admin.action.DoneOnce.Claim;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ActionMemoryTest {

  private final DoneOnce doneOnce = new DoneOnce();

  @Test
  void aKeyIsForOneActionOfOneUser() {
    assertThat(doneOnce.claim("ada", "k", "drain a")).isEqualTo(Claim.NEW);
    assertThat(doneOnce.claim("ada", "k", "drain a")).isEqualTo(Claim.REPEATED);
    assertThat(doneOnce.claim("ada", "k", "drain b")).isEqualTo(Claim.MISUSED);
    assertThat(doneOnce.claim("bob", "k", "drain b")).isEqualTo(Claim.NEW);
    doneOnce.forget("ada", "k");
    assertThat(doneOnce.claim("ada", "k", "drain b")).isEqualTo(Claim.NEW);
  }

  @Test
  void onlyTheLastThousandAreRemembered() {
    for (int i = 0; i <= DoneOnce.KEPT; i++) {
      doneOnce.claim("ada", "k" + i, "a");
    }
    assertThat(doneOnce.claim("ada", "k1", "a")).isEqualTo(Claim.REPEATED);
    assertThat(doneOnce.claim("ada", "k0", "a")).isEqualTo(Claim.NEW);
  }

  @Test
  void theAuditIsBoundedNewestFirstAndCannotBeForged() {
    Audit audit = new Audit();
    for (int i = 0; i < Audit.KEPT + 5; i++) {
      audit.add(new AuditEntry(Instant.EPOCH, "ada", "here", "a" + i, "", 1, "done"));
    }
    assertThat(audit.newest()).hasSize(Audit.KEPT);
    assertThat(audit.newest().get(0).action()).isEqualTo("a" + (Audit.KEPT + 4));
    AuditEntry forged = new AuditEntry(Instant.EPOCH, "x\r\nwho=root", "", "drain", "", -1, "done");
    assertThat(forged.line()).doesNotContain("\n", "\r").startsWith("who=x  who=root from=");
  }
}
