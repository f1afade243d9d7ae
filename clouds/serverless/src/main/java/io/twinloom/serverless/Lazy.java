package io.twinloom.serverless;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a value when it is first asked for, and once. Used by many threads. */
public final class Lazy<T extends Object> implements Supplier<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T made;

  /**
   * @param maker called again if it threw
   */
  public Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T known = made;
    return known == null ? make() : known;
  }

  private synchronized T make() {
    T known = made;
    if (known == null) {
      known = maker.get();
      made = known;
    }
    return known;
  }
}
