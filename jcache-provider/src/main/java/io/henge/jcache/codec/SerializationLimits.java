package io.henge.jcache.codec;

import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.util.List;

/**
 * What JDK serialization may carry: bounds on the size and depth of an object graph, and classes
 * that are known to turn decoding into code execution. It never allows by itself, so that a filter
 * of the JVM ({@code jdk.serialFilter}) still has its say.
 *
 * @param depth nested objects
 * @param references objects in all
 * @param arrayLength elements of one array
 * @param bytes length of the encoding
 */
record SerializationLimits(long depth, long references, long arrayLength, long bytes)
    implements ObjectInputFilter {

  static final SerializationLimits DEFAULT =
      new SerializationLimits(10_000, 10_000_000, 16 << 20, 128 << 20);

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

  /** Tells whether a class is one that must never be decoded. */
  boolean denies(Class<?> type) {
    String name = type.getName();
    for (String gadget : GADGETS) {
      if (name.startsWith(gadget)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Status checkInput(FilterInfo info) {
    if (info.depth() > depth
        || info.references() > references
        || info.arrayLength() > arrayLength
        || info.streamBytes() > bytes) {
      return Status.REJECTED;
    }
    Class<?> type = info.serialClass();
    if (type == null) {
      return Status.UNDECIDED;
    }
    while (type.isArray()) {
      type = type.getComponentType();
    }
    return denies(type) ? Status.REJECTED : Status.UNDECIDED;
  }
}
