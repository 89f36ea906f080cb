package io.henge.admin.security;

import io.henge.admin.security.ConsoleSettings.Login;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;

/**
 * Takes the console's own mechanism away unless the settings ask for it: where it is there, the
 * container's own log-in is not used.
 */
public class LoginSelection implements Extension {

  void select(@Observes ProcessAnnotatedType<ConsoleAuthentication> mechanism) {
    Login login = ConsoleSettings.read().login();
    if (login != Login.BASIC && login != Login.FORM) {
      mechanism.veto();
    }
  }
}
