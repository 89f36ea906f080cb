package io.henge.admin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.henge.admin.security.ConsoleSettings.Login;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleSettingsTest {

  private static final Map<String, String> OPENID =
      Map.of(
          "henge.console.login", "openid",
          "henge.console.openid.provider", "https://login.example.org/realms/shop",
          "henge.console.openid.client-id", "henge",
          "henge.console.openid.client-secret", "hush");

  private static ConsoleSettings read(Map<String, String> settings) {
    return ConsoleSettings.read(settings::get);
  }

  @Test
  void aFileOfUsersIsEnoughForTheForm() {
    ConsoleSettings settings =
        read(Map.of("henge.console.login", "form", "henge.console.users", "/etc/users"));
    assertThat(settings.login()).isEqualTo(Login.FORM);
    assertThat(settings.users()).hasToString("/etc/users");
  }

  @Test
  void withoutSettingsNobodyLogsIn() {
    ConsoleSettings settings = read(Map.of());
    assertThat(settings.login()).isEqualTo(Login.NONE);
    assertThat(settings.openId()).isNull();
  }

  @Test
  void aProviderOfOpenIdNeedsThreeSettingsAndItsSecretIsNotPrinted() {
    ConsoleSettings settings = read(OPENID);
    assertThat(settings.openId().nameClaim()).isEqualTo("preferred_username");
    assertThat(settings.openId().rolesClaim()).isEqualTo("groups");
    assertThat(settings.toString()).contains("login.example.org").doesNotContain("hush");
    for (String key : OPENID.keySet()) {
      Map<String, String> less = new HashMap<>(OPENID);
      less.remove(key);
      if (!key.endsWith("login")) {
        assertThatThrownBy(() -> read(less)).hasMessage("henge.console.login=openid needs " + key);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "henge.console.login, ldap, 'only [none, container, basic, form, openid] are allowed'",
    "henge.console.login, basic, 'henge.console.users, a file'",
    "henge.console.login, form, 'henge.console.users, a file'",
    "henge.console.plain-http, yes, only true and false",
    "henge.console.openid.provider, login.example.org, https://"
  })
  void whatIsWrongIsNamedWithWhatIsAllowed(String key, String value, String message) {
    Map<String, String> settings = new HashMap<>(OPENID);
    settings.put(key, value);
    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(message);
  }
}
