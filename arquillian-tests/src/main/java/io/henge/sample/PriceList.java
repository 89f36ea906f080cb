package io.henge.sample;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** Prices, each worked out once by one of the servers. */
@ApplicationScoped
@CacheDefaults(cacheName = "prices")
public class PriceList {

  private final AtomicLong calculations = new AtomicLong();

  /** Returns the price of an article; slow, if it were not for the cache. */
  @CacheResult
  public Quote price(String article) {
    return new Quote(article, 100L * article.length(), source(calculations.incrementAndGet()));
  }

  /** Sets the price of an article. */
  @CachePut
  public void change(@CacheKey String article, @CacheValue Quote quote) {}

  /** Forgets the price of an article. */
  @CacheRemove
  public void forget(String article) {}

  /** Forgets all prices. */
  @CacheRemoveAll
  public void forgetAll() {}

  /** How many prices this application has worked out on this server. */
  public long calculations() {
    return calculations.get();
  }

  private static String source(long number) {
    return "process " + ProcessHandle.current().pid() + ", number " + number;
  }
}
