package io.henge.admin.fake;

/** Annotated methods by the script, as the bean of henge-jcache shows them. */
public interface ScriptedMethodsMXBean {

  /** What came of their calls. */
  Row[] getMethods();

  /** One method. */
  final class Row {

    private final String method;
    private final String cache;
    private final long calls;

    Row(String method, String cache, long calls) {
      this.method = method;
      this.cache = cache;
      this.calls = calls;
    }

    /** Its class and name. */
    public String getMethod() {
      return method;
    }

    /** Always CacheResult. */
    public String getAnnotation() {
      return "CacheResult";
    }

    /** The cache that it names. */
    public String getCache() {
      return cache;
    }

    /** Calls answered from the cache. */
    public long getFromCache() {
      return 20 * calls;
    }

    /** Calls after which a value was stored. */
    public long getStored() {
      return calls;
    }

    /** Calls that gave null. */
    public long getNullValues() {
      return calls / 30;
    }

    /** Calls that failed. */
    public long getMethodFailures() {
      return 0;
    }

    /** Values that the cache did not take. */
    public long getCacheFailures() {
      return calls % 2;
    }

    /** Why it did not. */
    public String getLastCacheFailure() {
      return calls % 2 == 0 ? "" : "CodecException: shop.Basket cannot be encoded";
    }
  }
}
