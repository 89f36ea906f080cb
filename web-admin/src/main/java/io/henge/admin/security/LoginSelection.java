package io.henge.admin.security;

import io.henge.admin.security.ConsoleSettings.Login;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;

/**
 * Takes away the mechanisms that the settings do not ask for: where one is there, the container's
 * own log-in is not used.
 */
public class LoginSelection implements Extension {

  void selectOwn(@Observes ProcessAnnotatedType<ConsoleAuthentication> mechanism) {
    Login login = ConsoleSettings.read().login();
    if (login != Login.BASIC && login != Login.FORM) {
      mechanism.veto();
    }
  }

  void selectOpenId(@Observes ProcessAnnotatedType<OpenIdLogin> mechanism) {
    if (ConsoleSettings.read().login() != Login.OPENID) {
      mechanism.veto();
    }
  }
}
