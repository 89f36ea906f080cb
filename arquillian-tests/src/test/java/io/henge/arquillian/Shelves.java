package io.henge.arquillian;

import jakarta.ejb.Local;

/** Business interface of an enterprise bean, without annotations of its own. */
@Local
public interface Shelves {

  /** Returns a new name at each call that reaches the bean. */
  String shelfOf(String article);

  /** Puts an article elsewhere. */
  void move(String article, String shelf);
}
