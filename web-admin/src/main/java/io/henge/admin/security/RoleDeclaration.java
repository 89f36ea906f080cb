package io.henge.admin.security;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Declares the roles that the settings name: a container knows only roles that are declared, and
 * {@code web.xml} has only the usual ones.
 */
public class RoleDeclaration implements ServletContextListener {

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ConsoleSettings settings = ConsoleSettings.read();
    event.getServletContext().declareRoles(settings.viewerRole(), settings.operatorRole());
  }
}
