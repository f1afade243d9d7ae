package io.twinloom.worker;

/**
 * User code that does what it should not; each does it when the event says {@code "evil": true}.
 */
final class EvilCode {
  private EvilCode() {}

  /** A Java function that does {@code evil} on command, and else counts the events it has seen. */
  static String java(String evil) {
    return """
    import io.twinloom.api.Processor;
    import java.io.*;
    import java.util.*;

    public class Code implements Processor {
      static final List<Object> KEPT = new ArrayList<>();
      int seen;

      @Override
      public Map<String, Object> process(Map<String, Object> event) throws Exception {
        if (event.get("evil") != null) {
          evil();
        }
        event.put("seen", ++seen);
        return event;
      }

      static int deeper(int n) {
        return deeper(n + 1) + 1;
      }

      void evil() throws Exception {
    %s
      }
    }
    """
        .formatted(evil.indent(4).stripTrailing());
  }

  /**
   * A Python function that does {@code evil} on command, and else counts the events it has seen.
   */
  static String python(String evil) {
    return """
    import os, sys, signal, threading, time, subprocess

    seen = 0
    kept = []

    def deeper(n):
        return deeper(n + 1) + 1

    def evil():
    %s

    def process(event):
        global seen
        if event.get("evil"):
            evil()
        seen += 1
        event["seen"] = seen
        return event
    """
        .formatted(evil.indent(4).stripTrailing());
  }
}
