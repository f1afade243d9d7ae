package io.twinloom.runner;

import io.twinloom.api.Processor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The classes of one user function and the instance made of them.
 *
 * @param name the function's; its class loader bears it, by which its stack frames are known
 */
record UserClasses(String name, URLClassLoader loader, Processor processor) {

  /** The code cannot be loaded, or its constructor failed; the cause is the user's. */
  static final class NotLoadedException extends Exception {
    private static final long serialVersionUID = 1;

    NotLoadedException(Throwable cause) {
      // Without a text of its own, which would be the cause's: the user's class makes that.
      super(null, cause);
    }
  }

  /** Lets user code see the JDK and {@code io.twinloom.api}, and nothing else that is ours. */
  private static final class ApiOnly extends ClassLoader {
    private static final String API = Processor.class.getPackageName() + ".";

    ApiOnly() {
      super("twinloom-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(API)) {
        return Class.forName(name, false, UserClasses.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }
  }

  private static final ClassLoader API_ONLY = new ApiOnly();

  /** Threads that may start while all are listed. */
  private static final int SOME = 10;

  static String loaderName(String function) {
    return "user code of " + function;
  }

  /**
   * Loads the class and makes its instance.
   *
   * @param path folders of classes, and JARs
   * @param entry the class's name
   */
  static UserClasses load(String name, List<String> path, String entry) throws NotLoadedException {
    URL[] urls = path.stream().map(UserClasses::url).toArray(URL[]::new);
    URLClassLoader loader = new URLClassLoader(loaderName(name), urls, API_ONLY);
    try {
      Thread.currentThread().setContextClassLoader(loader);
      Object instance = loader.loadClass(entry).getConstructor().newInstance();
      return new UserClasses(name, loader, (Processor) instance);
    } catch (InvocationTargetException e) {
      close(loader);
      throw new NotLoadedException(e.getCause() == null ? e : e.getCause());
    } catch (Throwable e) {
      // Whatever it is, it is the user's: a signature that does not fit, an endless recursion.
      close(loader);
      throw new NotLoadedException(e);
    }
  }

  void close() {
    close(loader);
  }

  /** Whether another thread than this one is theirs. */
  boolean haveThreads() {
    Thread own = Thread.currentThread();
    Thread[] all = new Thread[2 * Thread.activeCount() + SOME];
    int count = Thread.enumerate(all);
    return Arrays.stream(all, 0, count)
        .anyMatch(
            thread ->
                thread != own
                    && (thread.getContextClassLoader() == loader
                        || thread.getClass().getClassLoader() == loader));
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      // Its open JARs are closed with the process then; there is nothing else to lose.
      return;
    }
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
