package io.henge.jcache.configuration;

/**
 * What there is to know of a setting beside its key. Immutable.
 *
 * @param otherwise what holds where it is not made
 * @param allowed what values it may have
 * @param meaning what it is for, in the words and links of docs/settings.md
 */
record SettingRule(DefaultValue otherwise, Allowed allowed, String meaning) {}
