package io.henge.jcache.injection;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Keeps a bean with no other qualifier than {@code @Named} from being the default of its type,
 * which CDI makes it otherwise.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@interface NotDefault {

  /** The annotation. */
  final class Literal extends AnnotationLiteral<NotDefault> implements NotDefault {

    private static final long serialVersionUID = 1L;

    static final Literal INSTANCE = new Literal();
  }
}
