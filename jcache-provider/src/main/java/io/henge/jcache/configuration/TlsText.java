package io.henge.jcache.configuration;

import io.henge.replication.node.TlsFiles;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the TLS settings, which make sense together only. */
final class TlsText {

  private static final List<Setting> OTHERS =
      List.of(
          Setting.TLS_KEY,
          Setting.TLS_TRUST,
          Setting.TLS_PASSWORD,
          Setting.TLS_TRUST_PASSWORD,
          Setting.TLS_MEMBER_NAMES);

  private final SettingReader settings;

  /**
   * Creates a reader.
   *
   * @param settings is told all that is wrong
   */
  TlsText(SettingReader settings) {
    this.settings = settings;
  }

  /** The files, or empty if there are none, or something is wrong. */
  Optional<TlsFiles> read() {
    if (settings.given(Setting.TLS_CERTIFICATE).isEmpty()) {
      for (Setting other : OTHERS) {
        settings
            .given(other)
            .ifPresent(
                value ->
                    settings.problem(
                        value
                            + " means nothing without "
                            + Setting.TLS_CERTIFICATE.key()
                            + ": without that, connections are in plain text."));
      }
      return Optional.empty();
    }
    if (settings.given(Setting.TLS_TRUST).isEmpty()) {
      settings.problem(
          settings.given(Setting.TLS_CERTIFICATE).get()
              + " needs "
              + Setting.TLS_TRUST.key()
              + ": the certificates of the authority whose members are trusted.");
      return Optional.empty();
    }
    return Optional.of(
        new TlsFiles(
            settings.path(Setting.TLS_CERTIFICATE),
            settings.path(Setting.TLS_KEY),
            settings.path(Setting.TLS_TRUST),
            settings.find(Setting.TLS_PASSWORD).orElse(null),
            settings.find(Setting.TLS_TRUST_PASSWORD).orElse(null),
            names()));
  }

  private List<String> names() {
    return settings.find(Setting.TLS_MEMBER_NAMES).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
