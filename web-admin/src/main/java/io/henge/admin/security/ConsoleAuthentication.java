package io.henge.admin.security;

import io.henge.admin.security.ConsoleSettings.Login;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.AutoApplySession;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * HTTP Basic and the log-in page, whichever the settings name. It only recognises people; {@link
 * LoginGuard} asks them and judges their roles. A session remembers who logged in.
 */
@AutoApplySession
@ApplicationScoped
public class ConsoleAuthentication implements HttpAuthenticationMechanism {

  private static final String BASIC = "basic ";
  private static final int LONGEST = 1024;

  private final ConsoleSettings settings = ConsoleSettings.read();
  private final LoginLimiter limiter = new LoginLimiter();

  @Inject private IdentityStoreHandler stores;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    UsernamePasswordCredential credential = credential(request);
    if (credential == null) {
      return context.doNothing();
    }
    long now = System.nanoTime();
    String name = credential.getCaller();
    String address = request.getRemoteAddr();
    if (limiter.isLimited(now, name, address)) {
      request.setAttribute(LoginLimiter.LIMITED, true);
      return context.doNothing();
    }
    CredentialValidationResult result = stores.validate(credential);
    if (result.getStatus() != Status.VALID) {
      limiter.failed(now, name, address);
      return context.doNothing();
    }
    limiter.succeeded(name, address);
    // A session whose id somebody else chose or knows must not become this user's: servers take an
    // unknown id from a cookie as it is.
    request.getSession(true);
    request.changeSessionId();
    return context.notifyContainerAboutLogin(result);
  }

  private UsernamePasswordCredential credential(HttpServletRequest request) {
    return settings.login() == Login.BASIC ? basic(request) : form(request);
  }

  private static UsernamePasswordCredential basic(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String text = new String(decoded, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0 || text.length() > LONGEST
          ? null
          : new UsernamePasswordCredential(text.substring(0, colon), text.substring(colon + 1));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static UsernamePasswordCredential form(HttpServletRequest request) {
    if (!request.getMethod().equals("POST") || !request.getServletPath().equals(LoginGuard.LOGIN)) {
      return null;
    }
    String site = request.getHeader("Sec-Fetch-Site");
    String name = request.getParameter("name");
    String password = request.getParameter("password");
    boolean foreign = site != null && !site.equals("same-origin");
    return foreign
            || name == null
            || password == null
            || name.length() + password.length() > LONGEST
        ? null
        : new UsernamePasswordCredential(name, password);
  }
}
