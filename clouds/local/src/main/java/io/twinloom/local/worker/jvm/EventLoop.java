package io.twinloom.local.worker.jvm;

import io.twinloom.local.worker.wire.Frame;
import io.twinloom.local.worker.wire.PrintedLines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs one event after the other and answers each before it starts the next: so the system knows,
 * when the process dies, that the first unanswered event was the one running.
 */
final class EventLoop {

  /**
   * Loading classes is slow by nature: so long the events behind wait, before they go elsewhere.
   */
  private static final long PATIENCE_WHILE_LOADING = TimeUnit.MILLISECONDS.toNanos(250);

  /** More live threads than this show a leak: the process is replaced, with what it leaked. */
  static final int MAX_USER_THREADS = 200;

  private final EventQueue events;
  private final FrameOutput out;
  private final long patience;
  private final int maxResult;
  private final Map<Integer, FunctionDefinition> defined = new ConcurrentHashMap<>();
  private final Map<Integer, UserClasses> loaded = new HashMap<>();
  private @Nullable PrintedLines printing;
  private volatile long running;

  EventLoop(EventQueue events, FrameOutput out, long patience, int maxResult) {
    this.events = events;
    this.out = out;
    this.patience = patience;
    this.maxResult = maxResult;
  }

  void define(int number, FunctionDefinition function) {
    defined.put(number, function);
  }

  /** The stream whose lines belong to the running event. */
  void printingTo(PrintedLines stream) {
    printing = stream;
  }

  void printed(String line) {
    out.send(new Frame(Frame.PRINTED, running, line.getBytes(StandardCharsets.UTF_8)));
  }

  void run() {
    while (Thread.activeCount() <= MAX_USER_THREADS) {
      try {
        Frame call = events.start(patience);
        running = call.id();
        Frame answer = answer(call);
        if (printing != null) {
          printing.endEvent();
        }
        running = 0;
        out.send(answer);
      } catch (InterruptedException e) {
        // An interrupt that user code left behind is not meant for us; wait() has cleared it.
        continue;
      }
    }
    out.send(new Frame(Frame.RETIRING, 0, new byte[0]));
    Runtime.getRuntime().halt(0);
  }

  private Frame answer(Frame call) {
    int number = ByteBuffer.wrap(call.body()).getInt();
    FunctionDefinition function = defined.get(number);
    if (function == null) {
      return Frame.error(call.id(), Frame.FAILED, "this worker was not told of the function");
    }
    UserClasses classes = loaded.get(number);
    try {
      if (classes == null) {
        events.restart(PATIENCE_WHILE_LOADING);
        classes = UserClasses.load(function.name(), function.path(), function.entry());
        loaded.put(number, classes);
        out.send(new Frame(Frame.LOADED, number, new byte[0]));
        // The first event still loads what it needs.
        events.restart(PATIENCE_WHILE_LOADING);
      }
      return new Frame(Frame.ANSWER, call.id(), process(function, classes, call));
    } catch (UserClasses.NotLoadedException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Frame.error(call.id(), Frame.NOT_LOADED, UserError.describe(cause, function.name()));
    } catch (ResultJson.NotJsonException e) {
      return Frame.error(call.id(), Frame.FAILED, String.valueOf(e.getMessage()));
    } catch (Error e) {
      // Its classes may be half initialised: the next event gets fresh ones.
      forget(number);
      return Frame.error(call.id(), Frame.FAILED, UserError.describe(e, function.name()));
    } catch (Throwable e) {
      return Frame.error(call.id(), Frame.FAILED, UserError.describe(e, function.name()));
    } finally {
      // Clears the mark that user code may have set on this thread.
      boolean ignored = Thread.interrupted();
    }
  }

  private byte[] process(FunctionDefinition function, UserClasses classes, Frame call)
      throws Throwable {
    Thread.currentThread().setContextClassLoader(classes.loader());
    Map<String, Object> event;
    try {
      event = EventJson.read(call.body(), Integer.BYTES);
    } catch (IOException e) {
      throw new ResultJson.NotJsonException("the event cannot be read: " + e.getMessage());
    }
    Object result = classes.processor().process(event);
    return ResultJson.write(
        result == null && function.mayReturnNothing() ? Map.of() : result, maxResult);
  }

  private void forget(int number) {
    UserClasses classes = loaded.remove(number);
    if (classes != null) {
      classes.close();
    }
  }
}
