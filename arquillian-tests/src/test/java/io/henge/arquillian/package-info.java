/** Tests of the sample application and of the provider on real servers and real processes. */
package io.henge.arquillian;
