package io.twinloom.worker.jvm;

import io.twinloom.runner.FunctionDefinition;
import io.twinloom.runner.PackagedFunction;
import io.twinloom.worker.wire.Frame;
import io.twinloom.worker.wire.FrameInput;
import io.twinloom.worker.wire.MarkedProcesses;
import io.twinloom.worker.wire.PrintedLines;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A worker JVM. Started by {@code JavaWorkers}, which gives it the two pipes as files, so that
 * nothing user code does to the standard streams reaches them. The first thread only reads: at the
 * stream's end, when the system is gone however it went, the process ends at once, whatever user
 * code does.
 */
public final class WorkerMain {
  private WorkerMain() {}

  /**
   * @param args the file to read frames from, the file to write them to, the patience in
   *     milliseconds, the most bytes of a result
   */
  public static void main(String[] args) throws IOException {
    // As on the clouds: user code writes the same numbers wherever it is tried.
    Locale.setDefault(Locale.ROOT);
    FrameInput in = new FrameInput(new FileInputStream(args[0]));
    FrameOutput out = new FrameOutput(new FileOutputStream(args[1]));
    long patience = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[2]));
    EventQueue events = new EventQueue();
    EventLoop loop = new EventLoop(events, out, patience, Integer.parseInt(args[3]));
    PrintedLines printed = new PrintedLines(System::nanoTime, loop::printed);
    loop.printingTo(printed);
    PrintStream errors = System.err;
    System.setOut(stream(printed));
    System.setErr(stream(printed));
    LogConfiguration.logTo(printed);
    String info = System.getenv(PackagedFunction.TWIN_INFO_NAME);
    if (info != null) {
      // As in a package, whose environment cannot be added to.
      System.setProperty(PackagedFunction.TWIN_INFO_NAME, info);
    }
    start("events", () -> loop.run(errors));
    start("threads", () -> ThreadGuard.run(errors));
    start("patience", () -> giveBackDelayed(events, out));
    out.send(new Frame(Frame.READY, ProcessHandle.current().pid(), new byte[0]));
    Frame frame;
    while ((frame = in.next()) != null) {
      switch (frame.type()) {
        case Frame.DEFINE -> loop.define((int) frame.id(), FunctionDefinition.read(frame.body()));
        case Frame.CALL, Frame.FORGET -> events.add(frame);
        case Frame.MARK -> loop.mark(errors);
        default -> throw new IOException("frame of type " + frame.type());
      }
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    String marker = System.getenv(MarkedProcesses.VARIABLE);
    if (marker != null) {
      MarkedProcesses.end(marker);
    }
    Runtime.getRuntime().halt(0);
  }

  private static void giveBackDelayed(EventQueue events, FrameOutput out) {
    while (true) {
      try {
        events.giveBackDelayed(
            delayed -> {
              ByteBuffer ids = ByteBuffer.allocate(delayed.size() * Long.BYTES);
              delayed.forEach(call -> ids.putLong(call.id()));
              out.send(new Frame(Frame.GIVEN_BACK, 0, ids.array()));
            });
      } catch (InterruptedException e) {
        // User code cannot end this thread by interrupting it.
        continue;
      }
    }
  }

  private static void start(String name, Runnable work) {
    Thread.ofPlatform().daemon(false).name(name).start(work);
  }

  private static PrintStream stream(PrintedLines printed) {
    return new PrintStream(printed, false, StandardCharsets.UTF_8) {
      @Override
      public void close() {
        flush();
      }
    };
  }
}
