package io.henge.jcache.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

class MicroProfileSourceTest {

  private static final EnvironmentSource NO_ENVIRONMENT = new EnvironmentSource(Map.of());

  @Test
  void itsValuesCarryTheNameOfTheirSource() {
    Config config = config(Map.of("henge.cluster.name", "shop", "other", "x"));
    Settings settings = Settings.checked(List.of(new MicroProfileSource(config, NO_ENVIRONMENT)));
    assertThat(settings.find(Setting.CLUSTER_NAME))
        .contains(
            new SettingValue("henge.cluster.name", "shop", "MicroProfile Config, source test"));
    assertThat(settings.find(Setting.ZONE)).isEmpty();
  }

  @Test
  void anUnknownKeyFailsUnlessItIsAForeignVariable() {
    Config config = config(Map.of("henge.service.host", "10.0.0.1"));
    assertThatThrownBy(
            () -> Settings.checked(List.of(new MicroProfileSource(config, NO_ENVIRONMENT))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("henge.service.host=10.0.0.1 (from MicroProfile Config");
    EnvironmentSource environment = new EnvironmentSource(Map.of("HENGE_SERVICE_HOST", "10.0.0.1"));
    assertThat(Settings.checked(List.of(new MicroProfileSource(config, environment))).ofMember())
        .isEmpty();
  }

  @Test
  void theApiWithoutAnImplementationIsLeftOut() {
    assertThat(MicroProfileSource.find(getClass().getClassLoader(), NO_ENVIRONMENT)).isEmpty();
  }

  private static Config config(Map<String, String> values) {
    return new Config() {
      @Override
      public <T> T getValue(String name, Class<T> type) {
        throw new UnsupportedOperationException();
      }

      @Override
      public ConfigValue getConfigValue(String name) {
        return new Value(name, values.get(name));
      }

      @Override
      public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Iterable<String> getPropertyNames() {
        return values.keySet();
      }

      @Override
      public Iterable<ConfigSource> getConfigSources() {
        return List.of();
      }

      @Override
      public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        return Optional.empty();
      }

      @Override
      public <T> T unwrap(Class<T> type) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private record Value(String name, String value) implements ConfigValue {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public String getValue() {
      return value;
    }

    @Override
    public String getRawValue() {
      return value;
    }

    @Override
    public String getSourceName() {
      return "test";
    }

    @Override
    public int getSourceOrdinal() {
      return 100;
    }
  }
}
