package io.henge.arquillian;

import jakarta.ejb.Singleton;
import java.util.UUID;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** An enterprise bean behind an interface. */
@Singleton
@CacheDefaults(cacheName = "shelves")
public class ShelfBean implements Shelves {

  @Override
  @CacheResult
  public String shelfOf(String article) {
    return "shelf " + UUID.randomUUID();
  }

  @Override
  @CachePut
  public void move(@CacheKey String article, @CacheValue String shelf) {}
}
