package io.henge.jcache.annotation;

import jakarta.enterprise.inject.spi.CDI;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.BeanProvider;

/** Hands the beans of the running container to the annotation tests of the TCK. */
public final class ContainerBeanProvider implements BeanProvider {

  /** How many beans were asked for: without any, the tests of the TCK pass and do nothing. */
  static final AtomicInteger ASKED = new AtomicInteger();

  @Override
  public <T> T getBeanByType(Class<T> type) {
    ASKED.incrementAndGet();
    return CDI.current().select(type).get();
  }
}
