package io.henge.jcache.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * Decodes with the application's class loader, whatever thread runs it, and remembers what its
 * filter refused.
 */
final class ApplicationObjectInputStream extends ObjectInputStream {

  private static final Map<String, Class<?>> PRIMITIVES =
      Map.of(
          "boolean", boolean.class,
          "byte", byte.class,
          "char", char.class,
          "short", short.class,
          "int", int.class,
          "long", long.class,
          "float", float.class,
          "double", double.class,
          "void", void.class);

  private final ClassLoader loader;
  private String refusal;

  ApplicationObjectInputStream(
      byte[] bytes, int offset, ClassLoader loader, SerializationFilter rules) throws IOException {
    super(new ByteArrayInputStream(bytes, offset, bytes.length - offset));
    this.loader = loader;
    ObjectInputFilter ofJvm = ObjectInputFilter.Config.getSerialFilter();
    setObjectInputFilter(remembering(ObjectInputFilter.merge(rules, ofJvm), rules));
  }

  /** What the filter refused, in words; null if nothing. */
  String refusal() {
    return refusal;
  }

  private ObjectInputFilter remembering(ObjectInputFilter filter, SerializationFilter rules) {
    return info -> {
      ObjectInputFilter.Status status = filter.checkInput(info);
      if (status == ObjectInputFilter.Status.REJECTED && refusal == null) {
        refusal = refusal(info, rules);
      }
      return status;
    };
  }

  private static String refusal(ObjectInputFilter.FilterInfo info, SerializationFilter rules) {
    Class<?> type = info.serialClass();
    String excess = rules.excess(info);
    if (excess != null) {
      return (type == null ? "the data" : "class " + type.getName())
          + ": it is over the limit "
          + excess
          + "; raise it if the data may be that large";
    }
    String refused = type == null ? null : rules.refusal(type);
    return (type == null ? "the data" : "class " + type.getName())
        + ": "
        + (refused == null ? "the JVM's own filter (jdk.serialFilter) rejects it" : refused);
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
    Class<?> primitive = PRIMITIVES.get(description.getName());
    return primitive != null ? primitive : Class.forName(description.getName(), false, loader);
  }

  @Override
  @SuppressWarnings("deprecation") // the stream needs the class itself, before there is an instance
  protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
    Class<?>[] interfaces = new Class<?>[names.length];
    for (int i = 0; i < names.length; i++) {
      interfaces[i] = Class.forName(names[i], false, loader);
    }
    try {
      return Proxy.getProxyClass(loader, interfaces);
    } catch (IllegalArgumentException e) {
      throw new ClassNotFoundException("a proxy of " + String.join(", ", names), e);
    }
  }
}
