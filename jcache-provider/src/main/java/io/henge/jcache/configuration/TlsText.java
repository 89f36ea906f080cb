package io.henge.jcache.configuration;

import io.henge.replication.node.TlsFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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

  private final Settings settings;
  private final List<String> problems;

  /**
   * Creates a reader.
   *
   * @param problems to which all is added that is wrong
   */
  TlsText(Settings settings, List<String> problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** The files, or empty if there are none, or something is wrong. */
  Optional<TlsFiles> read() {
    if (settings.find(Setting.TLS_CERTIFICATE).isEmpty()) {
      for (Setting other : OTHERS) {
        settings
            .find(other)
            .ifPresent(
                value ->
                    problems.add(
                        value
                            + " means nothing without "
                            + Setting.TLS_CERTIFICATE.key()
                            + ": without that, connections are in plain text."));
      }
      return Optional.empty();
    }
    if (settings.find(Setting.TLS_TRUST).isEmpty()) {
      problems.add(
          settings.find(Setting.TLS_CERTIFICATE).get()
              + " needs "
              + Setting.TLS_TRUST.key()
              + ": the certificates of the authority whose members are trusted.");
      return Optional.empty();
    }
    return Optional.of(
        new TlsFiles(
            file(Setting.TLS_CERTIFICATE),
            file(Setting.TLS_KEY),
            file(Setting.TLS_TRUST),
            text(Setting.TLS_PASSWORD),
            text(Setting.TLS_TRUST_PASSWORD),
            names()));
  }

  private List<String> names() {
    String text = text(Setting.TLS_MEMBER_NAMES);
    return text == null
        ? List.of()
        : Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
  }

  private String text(Setting setting) {
    return settings.find(setting).map(SettingValue::text).orElse(null);
  }

  private Path file(Setting setting) {
    Optional<SettingValue> value = settings.find(setting);
    try {
      return value.map(given -> Path.of(given.text())).orElse(null);
    } catch (InvalidPathException e) {
      problems.add(value.get() + " is not a valid value; allowed is " + setting.allowed() + ".");
      return null;
    }
  }
}
