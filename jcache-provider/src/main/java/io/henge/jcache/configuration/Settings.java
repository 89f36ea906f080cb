package io.henge.jcache.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The {@code henge.*} settings that hold for one cache manager. The first source that has a key
 * wins: the properties of {@code getCacheManager}, MicroProfile Config, system properties,
 * environment variables, {@code META-INF/henge.properties}. Thread-safe.
 */
public final class Settings {

  private static final System.Logger LOGGER = System.getLogger(Settings.class.getName());
  private static final String CONSOLE = "henge.console.";
  private static final String FILE = "META-INF/henge.properties";

  private final List<SettingsSource> sources;

  Settings(List<SettingsSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * The settings of a manager.
   *
   * @param properties the argument of {@code getCacheManager}; others than {@code henge.*} are left
   *     alone
   * @param loader the manager's, for the file and for MicroProfile Config
   * @throws InvalidSettingsException if a key is unknown or the file cannot be read
   */
  public static Settings of(Properties properties, ClassLoader loader) {
    List<SettingsSource> sources = new ArrayList<>();
    EnvironmentSource environment = new EnvironmentSource(System.getenv());
    sources.add(new PropertiesSource(properties, "the properties of getCacheManager"));
    microProfile(loader, environment).ifPresent(sources::add);
    sources.add(new PropertiesSource(systemProperties(), "system property"));
    sources.add(environment);
    sources.addAll(files(loader));
    return checked(sources);
  }

  /** Settings from these sources, after a check that every key is known. */
  static Settings checked(List<SettingsSource> sources) {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (SettingsSource source : sources) {
      for (String key : source.keys()) {
        if (!seen.add(key) || key.startsWith(CONSOLE)) {
          continue; // a source before this one wins; the console has settings of its own
        }
        Optional<CacheSetting> ofCache = CacheSetting.of(key);
        if (ofCache.isPresent()) {
          source
              .find(key)
              .filter(value -> !ofCache.get().rule().allowed().includes(value))
              .ifPresent(value -> problems.add(ofCache.get().rule().allowed().problem(value)));
        } else if (Setting.of(key).isEmpty()) {
          String problem = unknown(key, source);
          if (source.exclusive(key)) {
            problems.add(problem);
          } else {
            LOGGER.log(System.Logger.Level.WARNING, problem);
          }
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new Settings(sources);
  }

  /** The value of a member's setting. */
  Optional<SettingValue> find(Setting setting) {
    return find(setting.key());
  }

  /**
   * The value of a cache's setting: under its own name, or else by the most special template.
   *
   * @throws InvalidSettingsException if the value is bad
   */
  Optional<SettingValue> find(CacheSetting setting, String cacheName) {
    Optional<SettingValue> value =
        find(setting.key(cacheName)).or(() -> template(setting, cacheName));
    value
        .filter(given -> !setting.rule().allowed().includes(given))
        .ifPresent(
            given -> {
              throw new InvalidSettingsException(List.of(setting.rule().allowed().problem(given)));
            });
    return value;
  }

  /**
   * The text of a cache's setting that has a default, or that default.
   *
   * @throws InvalidSettingsException if the value is bad
   */
  String text(CacheSetting setting, String cacheName) {
    return find(setting, cacheName)
        .map(SettingValue::text)
        .or(setting.rule().otherwise()::text)
        .orElseThrow();
  }

  private Optional<SettingValue> template(CacheSetting setting, String cacheName) {
    return sources.stream()
        .flatMap(source -> source.keys().stream())
        .filter(key -> CacheSetting.of(key).filter(setting::equals).isPresent())
        .map(setting::cacheName)
        .filter(template -> matches(template, cacheName))
        .min(Comparator.comparingInt(Settings::generality).thenComparing(template -> template))
        .flatMap(template -> find(setting.key(template)));
  }

  private static boolean matches(String template, String cacheName) {
    return template.indexOf('*') >= 0
        && Arrays.stream(template.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.collectingAndThen(Collectors.joining(".*"), Pattern::compile))
            .matcher(cacheName)
            .matches();
  }

  /** The more letters a template has besides its asterisks, the more special it is. */
  private static int generality(String template) {
    return -template.replace("*", "").length();
  }

  /** Which settings of the member were made, to compare those of two managers; no secrets. */
  public SortedMap<String, String> ofMember() {
    SortedMap<String, String> made = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      find(setting).ifPresent(value -> made.put(value.key(), value.shown()));
    }
    return Collections.unmodifiableSortedMap(made);
  }

  private Optional<SettingValue> find(String key) {
    return sources.stream().flatMap(source -> source.find(key).stream()).findFirst();
  }

  private static String unknown(String key, SettingsSource source) {
    String value =
        source.find(key).map(SettingValue::toString).orElse(key + " (environment variable)");
    return "There is no setting "
        + value
        + "."
        + NearestKey.of(key).map(near -> " Do you mean " + near + "?").orElse("")
        + " All settings are in docs/settings.md.";
  }

  private static Optional<SettingsSource> microProfile(
      ClassLoader loader, EnvironmentSource environment) {
    try {
      Class.forName(
          "org.eclipse.microprofile.config.ConfigProvider", false, Settings.class.getClassLoader());
    } catch (ClassNotFoundException notThere) {
      return Optional.empty();
    }
    return MicroProfileSource.find(loader, environment);
  }

  /** A copy: others change system properties at any time. */
  private static Properties systemProperties() {
    Properties copy = new Properties();
    for (String key : System.getProperties().stringPropertyNames()) {
      if (key.startsWith("henge.")) {
        copy.setProperty(key, System.getProperty(key, ""));
      }
    }
    return copy;
  }

  private static List<SettingsSource> files(ClassLoader loader) {
    List<SettingsSource> files = new ArrayList<>();
    Map<String, SettingValue> seen = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    try {
      for (URL url : Collections.list(loader.getResources(FILE))) {
        Properties properties = new Properties();
        try (InputStream in = url.openStream()) {
          properties.load(in);
        }
        PropertiesSource file = new PropertiesSource(properties, url.toString());
        files.add(file);
        for (String key : file.keys()) {
          file.find(key)
              .ifPresent(
                  value -> {
                    SettingValue other = seen.putIfAbsent(key, value);
                    if (other != null && !other.text().equals(value.text())) {
                      problems.add(other + " and " + value + " contradict each other.");
                    }
                  });
        }
      }
    } catch (IOException e) {
      problems.add(FILE + " cannot be read: " + e + ".");
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return files;
  }
}
