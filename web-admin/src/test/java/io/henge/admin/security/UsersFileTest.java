package io.henge.admin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.admin.security.ConsoleSettings.Login;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersFileTest {

  @TempDir private Path directory;

  private CredentialValidationResult login(String lines, String name, String password)
      throws Exception {
    Path file = Files.writeString(directory.resolve("users"), lines);
    ConsoleSettings settings =
        new ConsoleSettings(Login.BASIC, file, false, false, "ops", "watch", false, null);
    return new UsersFile(settings).validate(new UsernamePasswordCredential(name, password));
  }

  @Test
  void aUserIsKnownByThePasswordAndHasTheRoleOfTheLine() throws Exception {
    String lines = "# us\n\nada:operator:" + TestPasswords.hash("a:b$c") + "\n";
    assertThat(login(lines, "ada", "a:b$c").getCallerGroups()).containsExactly("ops");
    assertThat(login(lines, "ada", "a:b$d").getStatus()).isEqualTo(Status.INVALID);
    assertThat(login(lines, "bob", "nobody").getStatus()).isEqualTo(Status.INVALID);
    assertThat(login(lines, "ada", "").getStatus()).isEqualTo(Status.INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ada", "ada:operator", "ada:admin:x", "ada:operator:secret", "a:viewer:1$a$b"})
  void aMalformedLineLetsNobodyIn(String line) {
    assertThatThrownBy(() -> login(line, "ada", "x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Line 1");
  }

  @Test
  void withoutAFileOtherStoresAreAsked() {
    ConsoleSettings settings =
        new ConsoleSettings(Login.CONTAINER, null, false, false, "ops", "watch", false, null);
    assertThat(
            new UsersFile(settings).validate(new UsernamePasswordCredential("a", "b")).getStatus())
        .isEqualTo(Status.NOT_VALIDATED);
  }
}
