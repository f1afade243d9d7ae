package io.twinloom.functions.tier;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that dies at one of its calls on a port, before the call has any effect or after it
 * had; from then on it can do nothing.
 */
public final class Mortal {

  /** What the dying process's code sees; it must not be handled by anybody. */
  public static final class Killed extends Error {
    Killed(String call) {
      super(call, null, false, false);
    }
  }

  private final List<String> calls = new ArrayList<>();
  private final int deathAt;
  private final boolean afterwards;
  private boolean dead;

  /**
   * @param deathAt the number of the call, from 0; -1 for never
   * @param afterwards whether the call is done first
   */
  public Mortal(int deathAt, boolean afterwards) {
    this.deathAt = deathAt;
    this.afterwards = afterwards;
  }

  public static Mortal never() {
    return new Mortal(-1, false);
  }

  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** A port as the process sees it. */
  public <T> T sees(Class<T> type, T port) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return method.invoke(port, arguments);
              }
              boolean mine = begin(type.getSimpleName() + "." + method.getName());
              Object result;
              try {
                result = method.invoke(port, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (mine) {
                die();
              }
              return result;
            });
    return type.cast(proxy);
  }

  /** Whether it dies after this call. */
  private synchronized boolean begin(String call) {
    if (dead) {
      throw new Killed(call);
    }
    calls.add(call);
    if (calls.size() - 1 != deathAt) {
      return false;
    }
    if (!afterwards) {
      dead = true;
      throw new Killed(call);
    }
    return true;
  }

  private synchronized void die() {
    dead = true;
    throw new Killed("after " + calls.getLast());
  }
}
