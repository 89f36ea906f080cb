package io.henge.jcache.injection;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;

/**
 * A kind of cache that some injection point asks for.
 *
 * @param keyType of the keys; Object if it does not matter
 * @param valueType of the values; Object if it does not matter
 * @param qualifiers without {@link Any}, which every bean has
 */
record CacheRequest(Type keyType, Type valueType, Set<Annotation> qualifiers) {

  /** A cache of any types. */
  static final CacheRequest ANY = new CacheRequest(Object.class, Object.class, Set.of());

  /** What a point asks for; empty if that is no cache, or any cache at all. */
  static Optional<CacheRequest> of(InjectionPoint point) {
    Type type = point.getType();
    if (type instanceof ParameterizedType wrapper
        && (wrapper.getRawType() == Instance.class || wrapper.getRawType() == Provider.class)) {
      type = wrapper.getActualTypeArguments()[0];
    }
    if (point.getQualifiers().equals(Set.of(Any.Literal.INSTANCE))) {
      return Optional.empty();
    }
    Set<Annotation> qualifiers =
        point.getQualifiers().stream()
            .filter(each -> each.annotationType() != Any.class)
            .collect(Collectors.toUnmodifiableSet());
    if (type == Cache.class) {
      return Optional.of(new CacheRequest(Object.class, Object.class, qualifiers));
    }
    if (type instanceof ParameterizedType cache && cache.getRawType() == Cache.class) {
      Type[] types = cache.getActualTypeArguments();
      return Optional.of(new CacheRequest(bound(types[0]), bound(types[1]), qualifiers));
    }
    return Optional.empty();
  }

  private static Type bound(Type type) {
    return type instanceof WildcardType || type instanceof TypeVariable<?> ? Object.class : type;
  }

  /** The type of the bean. */
  Type type() {
    return new CacheType(keyType, valueType);
  }

  /** The qualifiers of the bean: those asked for, and none more than that by default. */
  Set<Annotation> beanQualifiers() {
    boolean onlyNamed = qualifiers.stream().allMatch(each -> each.annotationType() == Named.class);
    if (!onlyNamed) {
      return qualifiers;
    }
    return Stream.concat(qualifiers.stream(), Stream.of(NotDefault.Literal.INSTANCE))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a bean that the application has itself answers this. */
  boolean isAnsweredBy(Bean<?> bean) {
    return bean.getQualifiers().containsAll(qualifiers)
        && bean.getTypes().stream().anyMatch(this::isAnsweredBy);
  }

  private boolean isAnsweredBy(Type type) {
    boolean anyTypes = keyType == Object.class && valueType == Object.class;
    return type.equals(type()) || (raw(type) == Cache.class && (anyTypes || type == Cache.class));
  }

  /** The class that a key or value type stands for. */
  static Class<?> raw(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    return type instanceof ParameterizedType parameterized
        ? raw(parameterized.getRawType())
        : Object.class;
  }

  /** {@code Cache<K, V>}, equal to what the JDK makes of source code. */
  private record CacheType(Type keyType, Type valueType) implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {keyType, valueType};
    }

    @Override
    public Type getRawType() {
      return Cache.class;
    }

    @Override
    public Type getOwnerType() {
      return null;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ParameterizedType type
          && type.getRawType() == Cache.class
          && List.of(type.getActualTypeArguments()).equals(List.of(keyType, valueType));
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(getActualTypeArguments()) ^ Cache.class.hashCode();
    }

    @Override
    public String toString() {
      return "Cache<" + keyType.getTypeName() + ", " + valueType.getTypeName() + ">";
    }
  }
}
