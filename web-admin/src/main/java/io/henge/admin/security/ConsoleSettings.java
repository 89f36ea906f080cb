package io.henge.admin.security;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The console's own settings, {@code henge.console.*}: system properties, else environment
 * variables.
 *
 * @param login how people log in
 * @param users the file of users for basic and form, null if none is named
 * @param plainHttp whether people may log in over plain HTTP from other machines
 * @param openProbes whether health and metrics answer other machines without a log-in
 * @param operatorRole the container's, the users' or the provider's role that makes an operator
 * @param viewerRole the role that makes a viewer
 * @param join whether the console joins the cluster as a lite member
 * @param openId the provider of log-in by OpenID Connect, null for the other ways
 */
public record ConsoleSettings(
    Login login,
    Path users,
    boolean plainHttp,
    boolean openProbes,
    String operatorRole,
    String viewerRole,
    boolean join,
    OpenId openId) {

  /** Ways to log in. */
  public enum Login {
    /** Nobody logs in: this machine only, viewers only. */
    NONE,
    /** As the container's deployment says (login-config of web.xml, the server's realm). */
    CONTAINER,
    /** HTTP Basic, by the file of users or an identity store of the server. */
    BASIC,
    /** The console's own log-in page, by the same. */
    FORM,
    /** A provider of OpenID Connect. */
    OPENID
  }

  /**
   * A provider of OpenID Connect, and what the console is to it.
   *
   * @param provider its address, below which {@code .well-known/openid-configuration} is
   * @param clientId the name that it knows the console by
   * @param clientSecret what proves that the console asks
   * @param scope what the console asks for, words with spaces between them
   * @param nameClaim the claim that names a person
   * @param rolesClaim the claim that lists a person's roles
   */
  public record OpenId(
      String provider,
      String clientId,
      String clientSecret,
      String scope,
      String nameClaim,
      String rolesClaim) {

    /** All but the secret. */
    @Override
    public String toString() {
      return "OpenId[" + provider + " as " + clientId + "]";
    }
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException if one is malformed, or lacks what the way to log in needs
   */
  public static ConsoleSettings read() {
    return read(ConsoleSettings::find);
  }

  /** Reads the settings; {@code find} gives a key's value, or null. */
  static ConsoleSettings read(UnaryOperator<String> find) {
    Login login = login(value(find, ConsoleSetting.LOGIN));
    String users = value(find, ConsoleSetting.USERS);
    if (users.isEmpty() && (login == Login.BASIC || login == Login.FORM)) {
      throw new IllegalArgumentException(
          ConsoleSetting.LOGIN.key()
              + "="
              + word(login)
              + " needs "
              + ConsoleSetting.USERS.key()
              + ", a file of users");
    }
    return new ConsoleSettings(
        login,
        users.isEmpty() ? null : Path.of(users),
        flag(find, ConsoleSetting.PLAIN_HTTP),
        flag(find, ConsoleSetting.OPEN_PROBES),
        value(find, ConsoleSetting.OPERATOR_ROLE),
        value(find, ConsoleSetting.VIEWER_ROLE),
        flag(find, ConsoleSetting.JOIN),
        login == Login.OPENID ? openId(find) : null);
  }

  private static OpenId openId(UnaryOperator<String> find) {
    String provider = needed(find, ConsoleSetting.OPENID_PROVIDER);
    if (!provider.startsWith("https://") && !provider.startsWith("http://")) {
      throw new IllegalArgumentException(
          ConsoleSetting.OPENID_PROVIDER.key()
              + "="
              + provider
              + ": it is an address, https://...");
    }
    return new OpenId(
        provider,
        needed(find, ConsoleSetting.OPENID_CLIENT_ID),
        needed(find, ConsoleSetting.OPENID_CLIENT_SECRET),
        value(find, ConsoleSetting.OPENID_SCOPE),
        value(find, ConsoleSetting.OPENID_NAME_CLAIM),
        value(find, ConsoleSetting.OPENID_ROLES_CLAIM));
  }

  private static String needed(UnaryOperator<String> find, ConsoleSetting setting) {
    String value = value(find, setting);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          ConsoleSetting.LOGIN.key() + "=openid needs " + setting.key());
    }
    return value;
  }

  private static String find(String key) {
    String property = System.getProperty(key);
    return property != null
        ? property
        : System.getenv(key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
  }

  private static String value(UnaryOperator<String> find, ConsoleSetting setting) {
    String value = find.apply(setting.key());
    return value == null || value.isBlank() ? setting.otherwise() : value.strip();
  }

  private static boolean flag(UnaryOperator<String> find, ConsoleSetting setting) {
    String value = value(find, setting);
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(
          setting.key() + "=" + value + ": only true and false are allowed");
    }
    return value.equals("true");
  }

  private static Login login(String value) {
    for (Login login : Login.values()) {
      if (word(login).equals(value)) {
        return login;
      }
    }
    List<String> known = Arrays.stream(Login.values()).map(ConsoleSettings::word).toList();
    throw new IllegalArgumentException(
        ConsoleSetting.LOGIN.key() + "=" + value + ": only " + known + " are allowed");
  }

  private static String word(Login login) {
    return login.name().toLowerCase(Locale.ROOT);
  }
}
