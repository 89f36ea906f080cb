package io.henge.jcache.annotation;

import jakarta.interceptor.Interceptor;

/**
 * Where the interceptors stand: as far inside as those that Payara brings, around nothing but what
 * the platform does for the call itself. So security and transactions are decided before a cache is
 * asked. Of several annotations on one method, the one that may spare the call is innermost.
 */
final class InterceptorOrder {

  static final int REMOVE_ALL = Interceptor.Priority.PLATFORM_AFTER;
  static final int REMOVE = REMOVE_ALL + 1;
  static final int PUT = REMOVE_ALL + 2;
  static final int RESULT = REMOVE_ALL + 3;

  private InterceptorOrder() {}
}
