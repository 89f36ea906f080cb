package io.henge.admin.fake;

/** Two methods that cache in carts: one well, one sometimes not. */
public final class ScriptedMethods implements ScriptedMethodsMXBean {

  @Override
  public Row[] getMethods() {
    return new Row[] {
      new Row("Baskets.of", "carts", 941), new Row("Baskets.suggestions", "carts", 28)
    };
  }
}
