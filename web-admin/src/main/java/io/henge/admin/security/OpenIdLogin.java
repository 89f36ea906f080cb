package io.henge.admin.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;

/**
 * Log-in by OpenID Connect: the server's own mechanism (Jakarta Security 3.0, section 2.4.6), told
 * by the settings. {@link LoginSelection} takes it away unless they ask for it.
 *
 * <p>What has to be known when the provider sends a browser back is kept in cookies of their own
 * and not in the session: the session's cookie is strict, and does not travel with a visitor who
 * comes from elsewhere.
 */
@OpenIdAuthenticationMechanismDefinition(
    providerURI = "${hengeOpenId.provider}",
    clientId = "${hengeOpenId.clientId}",
    clientSecret = "${hengeOpenId.clientSecret}",
    redirectURI = "${baseURL}" + LoginGuard.LOGIN,
    scopeExpression = "${hengeOpenId.scope}",
    useSession = false,
    claimsDefinition =
        @ClaimsDefinition(
            callerNameClaim = "${hengeOpenId.nameClaim}",
            callerGroupsClaim = "${hengeOpenId.rolesClaim}"))
@Named("hengeOpenId")
@ApplicationScoped
public class OpenIdLogin {

  private final ConsoleSettings.OpenId settings = ConsoleSettings.read().openId();

  /** The provider's address. */
  public String getProvider() {
    return settings.provider();
  }

  /** The name that the provider knows the console by. */
  public String getClientId() {
    return settings.clientId();
  }

  /** What proves to the provider that the console asks. */
  public String getClientSecret() {
    return settings.clientSecret();
  }

  /** What the console asks for. */
  public String getScope() {
    return settings.scope();
  }

  /** The claim that names a person. */
  public String getNameClaim() {
    return settings.nameClaim();
  }

  /** The claim that lists a person's roles. */
  public String getRolesClaim() {
    return settings.rolesClaim();
  }
}
