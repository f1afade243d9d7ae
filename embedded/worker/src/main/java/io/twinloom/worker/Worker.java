package io.twinloom.worker;

import io.twinloom.worker.wire.EventMarks;
import io.twinloom.worker.wire.Frame;
import io.twinloom.worker.wire.FrameInput;
import io.twinloom.worker.wire.PrintedLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One worker process: starts it on a thread of its own, which then reads what the process says.
 * Knows nothing of what the frames mean.
 */
final class Worker {

  /** Called by the worker's thread. */
  interface Listener {

    /** Frames that have arrived together, in their order. */
    void received(Worker worker, List<Frame> frames);

    /** A line on the error stream that is not of the protocol. */
    void said(Worker worker, String line);

    /** What follows on the error stream is of this call. */
    void marked(Worker worker, long call);

    /** The process is gone, or did not start; called once, as the last. */
    void ended(Worker worker, Ending ending);
  }

  /**
   * How a process ended.
   *
   * @param exitCode as {@link Process#exitValue()}; -1 where it did not even start
   * @param lastWords the last line of its error stream
   */
  record Ending(int exitCode, String lastWords) {

    /** For people. */
    String text() {
      if (exitCode < 0) {
        return "did not start: " + lastWords;
      }
      return exitCode > SIGNALS
          ? "was killed by signal " + (exitCode - SIGNALS)
          : "ended with exit code " + exitCode;
    }

    /** Exit codes above this are signals, by the custom of shells that the JDK follows. */
    private static final int SIGNALS = 128;
  }

  private static final long LAST_WORDS_MILLIS = 500;

  /**
   * While a process has several events to answer, its answers gather for so long: to be woken for
   * each of them takes both sides as long as a quick event does.
   */
  private static final long GATHER_NANOS = 200_000;

  private final WorkerCommand command;
  private final RuntimeFiles files;
  private final Listener listener;

  /** What its pool knows of it, guarded by the pool's lock. */
  final WorkerLoad load;

  private final Queue<byte[]> outbox = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile @Nullable Process process;
  private volatile long workerId;
  private volatile boolean ending;
  private volatile String lastWords = "";

  Worker(WorkerCommand command, RuntimeFiles files, WorkerLoad load, Listener listener) {
    this.command = command;
    this.files = files;
    this.load = load;
    this.listener = listener;
  }

  void start(String name) {
    Thread.ofPlatform().daemon().name("worker-" + name).start(this::run);
  }

  private void run() {
    RuntimeFiles.Folder folder;
    Process started;
    try {
      folder = files.make();
    } catch (IOException e) {
      listener.ended(this, new Ending(-1, e.toString()));
      return;
    }
    try {
      started = files.start(command.process(folder.path()), folder, command.variables());
    } catch (IOException e) {
      folder.close();
      listener.ended(this, new Ending(-1, e.getMessage() == null ? e.toString() : e.getMessage()));
      return;
    }
    process = started;
    if (ending) {
      command.end(started, workerId);
    }
    Thread errors = Thread.ofPlatform().daemon().name("worker-errors").start(() -> hear(started));
    try {
      FrameInput in = new FrameInput(started.getInputStream());
      for (Frame frame; (frame = in.next()) != null; ) {
        if (frame.type() == Frame.READY) {
          workerId = frame.id();
        }
        List<Frame> together = new ArrayList<>();
        together.add(frame);
        while (in.hasNext()) {
          together.add(Objects.requireNonNull(in.next()));
        }
        listener.received(this, together);
        if (load.hasSeveral()) {
          LockSupport.parkNanos(GATHER_NANOS);
        }
      }
    } catch (IOException e) {
      // Not a frame, or half of one: whatever the process is, it is no worker any more.
      lastWords = lastWords.isEmpty() ? String.valueOf(e.getMessage()) : lastWords;
    }
    int exitCode = end(started, errors);
    folder.endWhatIsLeft();
    folder.close();
    listener.ended(this, new Ending(exitCode, lastWords));
  }

  private int end(Process started, Thread errors) {
    boolean interrupted = false;
    try {
      // It is on its way out by itself, and its own exit code tells why.
      started.waitFor(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    command.end(started, workerId);
    while (true) {
      try {
        int exitCode = started.waitFor();
        errors.join(LAST_WORDS_MILLIS);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return exitCode;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private void hear(Process started) {
    try (InputStream errors = started.getErrorStream();
        PrintedLines lines = new PrintedLines(System::nanoTime, (level, line) -> said(line))) {
      EventMarks marks = new EventMarks(lines, call -> listener.marked(this, call));
      byte[] buffer = new byte[8192];
      int count;
      while ((count = errors.read(buffer)) >= 0) {
        marks.write(buffer, count);
      }
      lines.endEvent();
    } catch (IOException e) {
      // The process is gone; what it wanted to say is lost.
      return;
    }
  }

  private void said(String line) {
    if (!line.isBlank()) {
      lastWords = line;
      listener.said(this, line);
    }
  }

  /** The limit for which the process ended itself, for people. */
  Optional<String> exceededLimit(Ending how) {
    return command.exceededLimit(how.lastWords());
  }

  /** Puts a frame behind those not sent yet; {@link #flush} sends it. */
  void enqueue(Frame frame) {
    outbox.add(frame.bytes());
  }

  /**
   * Sends what is enqueued. Of several threads one sends for all, so that frames stay in order and
   * several go in one write; the others need not wait.
   */
  void flush() {
    Process to = process;
    while (to != null && !outbox.isEmpty() && writing.tryLock()) {
      try {
        OutputStream out = to.getOutputStream();
        out.write(gathered());
        out.flush();
      } catch (IOException e) {
        // The process is going: its end gives every unanswered event back.
        outbox.clear();
      } finally {
        writing.unlock();
      }
    }
  }

  /** What is enqueued as one run of bytes: a write costs as much as handing over many frames. */
  private byte[] gathered() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] frame;
    while ((frame = outbox.poll()) != null) {
      all.writeBytes(frame);
    }
    return all.toByteArray();
  }

  /** Ends the process, whatever it does. */
  void end() {
    ending = true;
    Process to = process;
    if (to != null) {
      command.end(to, workerId);
    }
  }
}
