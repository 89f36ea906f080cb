package io.henge.jcache.annotation;

import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyInvocationContext;

/** One call of an annotated method, with the arguments that it began with. Immutable. */
final class CacheInvocation<A extends Annotation> implements CacheKeyInvocationContext<A> {

  private final CacheMethod<A> method;
  private final InvocationContext context;
  private final List<CacheInvocationParameter> parameters;

  CacheInvocation(CacheMethod<A> method, InvocationContext context) {
    this.method = method;
    this.context = context;
    Object[] arguments = context.getParameters();
    this.parameters =
        IntStream.range(0, arguments.length)
            .<CacheInvocationParameter>mapToObj(
                position ->
                    new Parameter(
                        method.getMethod().getParameterTypes()[position],
                        arguments[position],
                        method.parameters().get(position),
                        position))
            .toList();
  }

  @Override
  public Object getTarget() {
    return context.getTarget();
  }

  @Override
  public CacheInvocationParameter[] getAllParameters() {
    return parameters.toArray(CacheInvocationParameter[]::new);
  }

  @Override
  public CacheInvocationParameter[] getKeyParameters() {
    return method.keyPositions().stream()
        .map(parameters::get)
        .toArray(CacheInvocationParameter[]::new);
  }

  @Override
  public CacheInvocationParameter getValueParameter() {
    return method.valuePosition() < 0 ? null : parameters.get(method.valuePosition());
  }

  @Override
  public Method getMethod() {
    return method.getMethod();
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return method.getAnnotations();
  }

  @Override
  public A getCacheAnnotation() {
    return method.getCacheAnnotation();
  }

  @Override
  public String getCacheName() {
    return method.getCacheName();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    if (type.isInstance(context)) {
      return type.cast(context);
    }
    throw new IllegalArgumentException("An invocation cannot be unwrapped as " + type.getName());
  }

  private record Parameter(
      Class<?> rawType, Object value, Set<Annotation> annotations, int parameterPosition)
      implements CacheInvocationParameter {

    @Override
    public Class<?> getRawType() {
      return rawType;
    }

    @Override
    public Object getValue() {
      return value;
    }

    @Override
    public Set<Annotation> getAnnotations() {
      return annotations;
    }

    @Override
    public int getParameterPosition() {
      return parameterPosition;
    }
  }
}
