/**
 * Keys and values as bytes: compact codecs for the common JDK types, filtered JDK serialization for
 * everything else, decoded with the application's class loader only.
 */
package io.henge.jcache.codec;
