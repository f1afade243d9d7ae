package io.twinloom.worker.jvm;

import io.twinloom.runner.FunctionDefinition;
import io.twinloom.runner.JavaFunction;
import io.twinloom.runner.UserCodeException;
import io.twinloom.runner.UserCodeException.Stage;
import io.twinloom.worker.wire.EventMarks;
import io.twinloom.worker.wire.Frame;
import io.twinloom.worker.wire.PrintedLines;
import java.io.PrintStream;
import java.nio.ByteBuffer;
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

  /** They are not counted more often: that takes as long as a quick event, which starts none. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final EventQueue events;
  private final FrameOutput out;
  private final long patience;
  private final int maxResult;
  private final Map<Integer, JavaFunction> functions = new ConcurrentHashMap<>();
  private @Nullable PrintedLines printing;
  private volatile long running;
  private long lookedAt = System.nanoTime();
  private volatile @Nullable PrintStream marks;

  EventLoop(EventQueue events, FrameOutput out, long patience, int maxResult) {
    this.events = events;
    this.out = out;
    this.patience = patience;
    this.maxResult = maxResult;
  }

  void define(int number, FunctionDefinition function) {
    functions.put(number, new JavaFunction(function, maxResult));
  }

  /** The stream whose lines belong to the running event. */
  void printingTo(PrintedLines stream) {
    printing = stream;
  }

  void printed(byte level, String line) {
    out.send(Frame.printed(running, level, line));
  }

  /** From the next event on marks are written where each begins and ends. */
  void mark(PrintStream stream) {
    marks = stream;
  }

  private void mark(String mark) {
    PrintStream to = marks;
    if (to != null) {
      to.print(mark);
      to.flush();
    }
  }

  /** Serves events for as long as the process lives: where this fails, the process ends. */
  void run(PrintStream lastWords) {
    try {
      serve();
    } catch (Throwable e) {
      // Nobody would take another event, and the system would wait for an answer to this one.
      lastWords.println("twinloom worker: " + e);
      Runtime.getRuntime().halt(1);
    }
  }

  private void serve() {
    while (!hasTooManyThreads()) {
      try {
        Frame call = events.start(patience);
        if (call.type() == Frame.FORGET) {
          if (hasLeftThreads((int) call.id())) {
            break;
          }
          continue;
        }
        running = call.id();
        mark(EventMarks.begin(call.id()));
        Frame answer = answer(call);
        if (printing != null) {
          printing.endEvent();
        }
        mark(EventMarks.end(call.id()));
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

  private boolean hasTooManyThreads() {
    long now = System.nanoTime();
    if (now - lookedAt < LOOK_NANOS) {
      return false;
    }
    lookedAt = now;
    return Thread.activeCount() > MAX_USER_THREADS;
  }

  /** Forgets a function; whether threads of its code go on. */
  private boolean hasLeftThreads(int number) {
    JavaFunction function = functions.remove(number);
    return function != null && function.close();
  }

  private Frame answer(Frame call) {
    int number = ByteBuffer.wrap(call.body()).getInt();
    JavaFunction function = functions.get(number);
    if (function == null) {
      return Frame.error(call.id(), Frame.FAILED, "this worker does not know the function");
    }
    try {
      if (!function.isLoaded()) {
        events.restart(PATIENCE_WHILE_LOADING);
        function.load();
        out.send(new Frame(Frame.LOADED, number, new byte[0]));
        // The first event still loads what it needs.
        events.restart(PATIENCE_WHILE_LOADING);
      }
      byte[] answer =
          call.body().length == Integer.BYTES
              ? new byte[0]
              : function.call(call.body(), Integer.BYTES);
      return new Frame(Frame.ANSWER, call.id(), answer);
    } catch (UserCodeException e) {
      byte failure = e.stage() == Stage.LOADING ? Frame.NOT_LOADED : Frame.FAILED;
      return Frame.error(call.id(), failure, String.valueOf(e.getMessage()));
    } finally {
      // Clears the mark that user code may have set on this thread.
      boolean ignored = Thread.interrupted();
    }
  }
}
