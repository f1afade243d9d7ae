package io.twinloom.runner;

import io.twinloom.runner.ResultJson.NotJsonException;
import io.twinloom.runner.UserClasses.NotLoadedException;
import io.twinloom.runner.UserCodeException.Stage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user function in Java. Its classes see the JDK and {@code io.twinloom.api}, and nothing of what
 * is around them. For one thread, which the user's code runs on.
 */
public final class JavaFunction {
  private final FunctionDefinition definition;
  private final int maxResult;
  private @Nullable UserClasses classes;

  /**
   * @param maxResult the most bytes that a result may have as JSON
   */
  public JavaFunction(FunctionDefinition definition, int maxResult) {
    this.definition = definition;
    this.maxResult = maxResult;
  }

  public boolean isLoaded() {
    return classes != null;
  }

  /**
   * Loads the code where it is not loaded.
   *
   * @throws UserCodeException if it cannot be; it may be tried again
   */
  public void load() {
    loaded();
  }

  private UserClasses loaded() {
    UserClasses there = classes;
    if (there == null) {
      try {
        there = UserClasses.load(definition.name(), definition.path(), definition.entry());
      } catch (NotLoadedException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw new UserCodeException(Stage.LOADING, describe(cause));
      }
      classes = there;
    }
    return there;
  }

  /**
   * Gives it an event, having loaded it if need be.
   *
   * @param bytes hold the event as UTF-8, from {@code offset} to their end
   * @return the result as UTF-8
   * @throws UserCodeException whatever it does
   */
  public byte[] call(byte[] bytes, int offset) {
    UserClasses there = loaded();
    try {
      Thread.currentThread().setContextClassLoader(there.loader());
      Object result = there.processor().process(EventJson.read(bytes, offset));
      return ResultJson.write(
          result == null && definition.mayReturnNothing() ? Map.of() : result, maxResult);
    } catch (NotJsonException e) {
      throw failed(String.valueOf(e.getMessage()));
    } catch (EventJson.UnreadableException e) {
      throw failed("the event cannot be read: " + e.getMessage());
    } catch (Error e) {
      // Its classes may be half initialised: the next event gets fresh ones.
      there.close();
      classes = null;
      throw failed(describe(e));
    } catch (Throwable e) {
      throw failed(describe(e));
    }
  }

  /**
   * Ends the use of the code.
   *
   * @return whether it has left threads running, which keep its classes
   */
  public boolean close() {
    UserClasses there = classes;
    classes = null;
    if (there == null) {
      return false;
    }
    there.close();
    return there.haveThreads();
  }

  private static UserCodeException failed(String what) {
    return new UserCodeException(Stage.RUNNING, what);
  }

  private String describe(Throwable error) {
    return UserError.describe(error, definition.name());
  }
}
