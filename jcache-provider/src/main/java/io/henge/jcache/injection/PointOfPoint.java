package io.henge.jcache.injection;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * Stands for a field of type {@link InjectionPoint} of a bean that has no class: through it, a bean
 * that is made by code learns where it is injected, on Weld and OpenWebBeans alike.
 */
final class PointOfPoint implements InjectionPoint {

  private PointOfPoint() {}

  /** Where the bean that is being created is injected. */
  static InjectionPoint current(BeanManager beans, CreationalContext<?> context) {
    return (InjectionPoint) beans.getInjectableReference(new PointOfPoint(), context);
  }

  @Override
  public Type getType() {
    return InjectionPoint.class;
  }

  @Override
  public Set<Annotation> getQualifiers() {
    return Set.of(Default.Literal.INSTANCE);
  }

  @Override
  public Bean<?> getBean() {
    return null;
  }

  @Override
  public Member getMember() {
    return null;
  }

  @Override
  public Annotated getAnnotated() {
    return null;
  }

  @Override
  public boolean isDelegate() {
    return false;
  }

  @Override
  public boolean isTransient() {
    return false;
  }
}
