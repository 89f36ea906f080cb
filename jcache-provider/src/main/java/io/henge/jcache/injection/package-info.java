/**
 * Caches, their manager and their provider by {@code @Inject}, and the member's life with the CDI
 * container: it joins when the application is deployed and leaves when it is undeployed.
 */
package io.henge.jcache.injection;
