package io.henge.sample;

import jakarta.ejb.Stateless;
import java.util.UUID;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;

/** Tours of the delivery van, planned once for each town; an enterprise bean. */
@Stateless
@CacheDefaults(cacheName = "tours")
public class Deliveries {

  /** Returns the tour that goes to a town: always the same one, until it is cancelled. */
  @CacheResult
  public String tour(String town) {
    return "tour " + UUID.randomUUID() + " to " + town;
  }

  /** Forgets the tour to a town. */
  @CacheRemove
  public void cancel(String town) {}
}
