package io.twinloom.packaging.bundle;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;

/** Calls the function of a package as a host does that brings an entry point of its own. */
public final class PackageCaller {
  private PackageCaller() {}

  public static void main(String[] args) throws Exception {
    Class<?> type = Class.forName(args[0]);
    Object function = type.getMethod("here", String.class).invoke(null, "f");
    Method answer = type.getMethod("answer", byte[].class);
    BufferedReader events =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String event; (event = events.readLine()) != null; ) {
      Object given = answer.invoke(function, event.getBytes(StandardCharsets.UTF_8));
      int status = (int) given.getClass().getMethod("status").invoke(given);
      byte[] body = (byte[]) given.getClass().getMethod("body").invoke(given);
      String text = new String(body, StandardCharsets.UTF_8);
      System.out.println(status == 200 ? text : "!" + status + " " + text);
    }
  }
}
