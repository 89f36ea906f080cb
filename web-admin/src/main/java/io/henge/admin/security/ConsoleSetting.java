package io.henge.admin.security;

/**
 * The console's own settings: system properties, else environment variables. The tables of
 * docs/console.md are made from what stands here.
 */
enum ConsoleSetting {
  /** How people log in. */
  LOGIN(
      "login",
      "none",
      "`none`: as above. `container`: the server's own realm, by HTTP Basic (`login-config` of"
          + " `web.xml`). `basic`: HTTP Basic by the file of users. `form`: a log-in page by the"
          + " same. `openid`: a provider of OpenID Connect, see below"),
  /** The file of users. */
  USERS("users", "", "the file of users; has to be set for `basic` and `form`"),
  /** Who makes a viewer. */
  VIEWER_ROLE(
      "role.viewer",
      "henge-viewer",
      "the role of the server's realm, or the provider's group, that makes a viewer: reads"
          + " everything"),
  /** Who makes an operator. */
  OPERATOR_ROLE("role.operator", "henge-operator", "the one that makes an operator: acts as well"),
  /** Log-in without TLS. */
  PLAIN_HTTP(
      "plain-http", "false", "`true`: people may log in from other machines without TLS, too"),
  /** Probes without a log-in. */
  OPEN_PROBES(
      "open-probes",
      "false",
      "`true`: `/health` and `/metrics` answer every machine without a log-in"),
  /** A member of its own. */
  JOIN(
      "join",
      "false",
      "`true`: the console joins the cluster as a lite member, by the engine that is put beside it,"
          + " see above"),
  /** The provider of OpenID Connect. */
  OPENID_PROVIDER(
      "openid.provider",
      "",
      "the provider's address, below which `/.well-known/openid-configuration` is; has to be set"),
  /** The console's name there. */
  OPENID_CLIENT_ID(
      "openid.client-id", "", "the name that the provider knows the console by; has to be set"),
  /** The console's proof. */
  OPENID_CLIENT_SECRET(
      "openid.client-secret",
      "",
      "what proves to the provider that the console asks; has to be set, best by the environment"
          + " (`HENGE_CONSOLE_OPENID_CLIENT_SECRET`), where a list of processes does not show it"),
  /** What the console asks for. */
  OPENID_SCOPE(
      "openid.scope",
      "openid profile",
      "what the console asks for; some providers want `groups` here to tell of groups"),
  /** The claim with the name. */
  OPENID_NAME_CLAIM("openid.claim.name", "preferred_username", "the claim that names a person"),
  /** The claim with the groups. */
  OPENID_ROLES_CLAIM("openid.claim.roles", "groups", "the claim that lists a person's groups");

  static final String PREFIX = "henge.console.";

  private final String name;
  private final String otherwise;
  private final String meaning;

  ConsoleSetting(String name, String otherwise, String meaning) {
    this.name = name;
    this.otherwise = otherwise;
    this.meaning = meaning;
  }

  /** The key. */
  String key() {
    return PREFIX + name;
  }

  /** What holds where it is not made; empty for nothing. */
  String otherwise() {
    return otherwise;
  }

  /** What it is for, in the words of docs/console.md. */
  String meaning() {
    return meaning;
  }
}
