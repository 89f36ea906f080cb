package io.henge.jcache.codec;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.util.List;
import java.util.Set;

/**
 * Holds JDK serialization to the rules. It never allows by itself, so that a filter of the JVM
 * ({@code jdk.serialFilter}) still has its say.
 */
final class SerializationFilter implements ObjectInputFilter {

  /** The setting that allows more. */
  static final String ALLOW = "henge.serialization.allow";

  /** Packages and classes of values in the JDK, and what this provider stores itself. */
  private static final SerializationRules VALUES =
      new SerializationRules(
          true,
          List.of(
              "io.henge.jcache.*",
              "io.henge.jcache.annotation.*",
              "io.henge.jcache.processor.*",
              "javax.cache.**",
              "java.lang.*",
              "java.math.*",
              "java.time.**",
              "java.util.*",
              "java.util.concurrent.*",
              "java.util.concurrent.atomic.*",
              "java.net.URI",
              "java.net.URL",
              "java.net.InetAddress",
              "java.net.Inet4Address",
              "java.net.Inet6Address",
              "java.net.InetSocketAddress",
              "java.sql.Date",
              "java.sql.Time",
              "java.sql.Timestamp"),
          0,
          0,
          0,
          0);

  private static final List<String> GADGETS =
      List.of(
          "bsh.",
          "clojure.",
          "com.mchange.v2.c3p0.",
          "com.rometools.rome.feed.impl.",
          "com.sun.jndi.",
          "com.sun.org.apache.xalan.",
          "com.sun.rowset.",
          "com.vaadin.data.util.",
          "groovy.util.Expando",
          "java.beans.EventHandler",
          "java.rmi.",
          "javassist.",
          "javax.management.BadAttributeValueExpException",
          "javax.management.remote.",
          "javax.naming.",
          "javax.swing.",
          "org.apache.commons.beanutils.BeanComparator",
          "org.apache.commons.collections.functors.",
          "org.apache.commons.collections.keyvalue.TiedMapEntry",
          "org.apache.commons.collections.map.LazyMap",
          "org.apache.commons.collections4.functors.",
          "org.apache.commons.collections4.keyvalue.TiedMapEntry",
          "org.apache.commons.collections4.map.LazyMap",
          "org.apache.commons.fileupload.disk.",
          "org.apache.wicket.util.upload.",
          "org.apache.xalan.",
          "org.aspectj.weaver.",
          "org.codehaus.groovy.runtime.ConvertedClosure",
          "org.codehaus.groovy.runtime.MethodClosure",
          "org.jboss.interceptor.",
          "org.jboss.weld.interceptor.",
          "org.mozilla.javascript.",
          "org.python.core.",
          "org.springframework.aop.framework.",
          "org.springframework.beans.factory.",
          "org.springframework.core.SerializableTypeWrapper",
          "sun.jndi.",
          "sun.reflect.annotation.",
          "sun.rmi.");

  private final SerializationRules rules;
  private final Set<Class<?>> declared;

  SerializationFilter(SerializationRules rules, Set<Class<?>> declared) {
    this.rules = rules;
    this.declared = declared;
  }

  /** Why a class may not be decoded, and what would allow it; null if it may. */
  String refusal(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    String name = element.getName();
    if (element.isPrimitive() || rules.allows(name)) {
      return null;
    }
    if (denied(name)) {
      return "it is on the list of classes that are never decoded, since attacks use them; if it is"
          + " needed, set "
          + ALLOW
          + "="
          + name;
    }
    if (!rules.strict() || VALUES.allows(name) || isDeclared(element)) {
      return null;
    }
    return "it is neither a value type of the JDK nor declared by the cache, and"
        + " henge.serialization.filter is strict; to allow it set "
        + ALLOW
        + "="
        + name;
  }

  /** A declared type, or what it extends. */
  private boolean isDeclared(Class<?> type) {
    for (Class<?> each : declared) {
      if (each != Object.class && type.isAssignableFrom(each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean denied(String name) {
    for (String gadget : GADGETS) {
      if (name.startsWith(gadget)) {
        return true;
      }
    }
    return false;
  }

  /** Which limit is exceeded, and what would allow more; null if none is. */
  String excess(FilterInfo info) {
    if (info.depth() > rules.depth()) {
      return "henge.serialization.max-depth=" + rules.depth();
    } else if (info.references() > rules.references()) {
      return "henge.serialization.max-references=" + rules.references();
    } else if (info.arrayLength() > rules.arrayLength()) {
      return "henge.serialization.max-array-length=" + rules.arrayLength();
    } else if (info.streamBytes() > rules.bytes()) {
      return "henge.serialization.max-bytes=" + rules.bytes();
    }
    return null;
  }

  /** The longest encoding. */
  long bytes() {
    return rules.bytes();
  }

  @Override
  public Status checkInput(FilterInfo info) {
    boolean refused =
        excess(info) != null || (info.serialClass() != null && refusal(info.serialClass()) != null);
    return refused ? Status.REJECTED : Status.UNDECIDED;
  }
}
