package io.twinloom.worker.jvm;

import io.twinloom.worker.wire.Frame;
import java.io.IOException;
import java.io.OutputStream;

/** Sends frames to the system; each is one write. */
final class FrameOutput {
  private final OutputStream out;

  FrameOutput(OutputStream out) {
    this.out = out;
  }

  synchronized void send(Frame frame) {
    try {
      out.write(frame.bytes());
    } catch (IOException e) {
      // Nobody listens any more: the system is gone, and so is this worker's reason to be.
      Runtime.getRuntime().halt(1);
    }
  }
}
