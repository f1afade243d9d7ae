package io.twinloom.functions.twin;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.settings.TwinInfo.ComponentPath;
import io.twinloom.functions.tier.CopyPlan;
import io.twinloom.functions.tier.CopyProgress;
import io.twinloom.functions.twin.NewUpdater.Carried;
import io.twinloom.functions.twin.NewUpdater.Said;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * One pass over the devices of a twin: their newest values are sent in the order of the devices'
 * ids, those of several devices together. Holds few values, however many devices there are.
 */
record TwinCopyPass(DeviceProperties properties, NewestValues source, NewUpdater updater) {

  /** So many values are sent together, or a few more. */
  private static final int TOGETHER = 100;

  /** How far the search for a device's values is. */
  private record Search(Set<String> wanted, Optional<String> from, boolean pending) {

    static Search begun(String device, CopyProgress progress, DeviceProperties properties) {
      return progress
          .cursor(device)
          .map(kept -> read(Json.parseObject(kept.getBytes(StandardCharsets.UTF_8))))
          .orElseGet(() -> new Search(properties.of(device), Optional.empty(), false));
    }

    private static Search read(JsonObject kept) {
      Set<String> wanted = new TreeSet<>();
      for (JsonValue name : kept.array("wanted").orElse(JsonArray.EMPTY)) {
        if (name instanceof JsonString text) {
          wanted.add(text.value());
        }
      }
      return new Search(wanted, kept.text("from"), kept.get("pending") == JsonBoolean.TRUE);
    }

    String text() {
      JsonObject.Builder kept =
          JsonObject.builder()
              .put("wanted", JsonArray.ofTexts(List.copyOf(wanted)))
              .put("pending", pending);
      from.ifPresent(token -> kept.put("from", token));
      return Json.text(kept.build());
    }

    /** What is left to be looked for after a part. */
    Search after(NewestValues.Part part) {
      Set<String> left = new TreeSet<>(wanted);
      left.removeAll(part.values().keySet());
      return new Search(left, part.next(), pending || part.pending());
    }

    boolean isOver() {
      return wanted.isEmpty() || from.isEmpty();
    }
  }

  /** A device whose values were all looked for, and that is done once they are sent. */
  private record Done(String device, Search search) {}

  /**
   * Goes on with a pass.
   *
   * @return whether its end was reached
   * @throws TwinloomException {@code TL-TWIN-REFUSES} if a value is not taken and never will be
   */
  boolean run(CopyPlan plan, BooleanSupplier stop) {
    CopyProgress progress = plan.progress();
    try {
      return carry(plan, stop);
    } catch (TwinloomException e) {
      if (!e.retryable()) {
        throw e;
      }
      progress.stopped(e.what());
      return false;
    }
  }

  private boolean carry(CopyPlan plan, BooleanSupplier stop) {
    CopyProgress progress = plan.progress();
    List<Carried> waiting = new ArrayList<>();
    List<Done> done = new ArrayList<>();
    for (String device : properties.devicesAfter(progress.after())) {
      Search search = Search.begun(device, progress, properties);
      do {
        if (stop.getAsBoolean()) {
          send(waiting, done, plan);
          return false;
        }
        NewestValues.Part part = source.of(device, search.wanted(), search.from());
        part.values().forEach((name, value) -> waiting.add(new Carried(device, name, value)));
        search = search.after(part);
        if (!search.isOver()) {
          send(waiting, done, plan);
          progress.reached(device, search.text());
          plan.save();
        }
      } while (!search.isOver());
      done.add(new Done(device, search));
      if (waiting.size() >= TOGETHER) {
        send(waiting, done, plan);
      }
    }
    send(waiting, done, plan);
    return true;
  }

  /** Sends what waits; then its devices are done. */
  private void send(List<Carried> waiting, List<Done> done, CopyPlan plan) {
    CopyProgress progress = plan.progress();
    if (!waiting.isEmpty()) {
      List<Said> said = updater.send(waiting);
      for (int i = 0; i < waiting.size(); i++) {
        check(waiting.get(i), said.get(i));
      }
      progress.values(waiting.size());
      waiting.clear();
    }
    if (!done.isEmpty()) {
      done.forEach(device -> named(device, progress));
      progress.doneUpTo(done.getLast().device());
      done.clear();
      plan.save();
    }
  }

  private static void named(Done device, CopyProgress progress) {
    for (String property : device.search().wanted()) {
      progress.left(
          device.device() + "." + property,
          device.search().pending()
              ? "no tier that can be read has a value; an archive must be restored first"
              : "nothing that can be read has a value");
    }
  }

  private void check(Carried carried, Said said) {
    switch (said) {
      case Said.Not(TwinloomException why) -> {
        if (why.retryable()) {
          throw why;
        }
        throw refused(carried, why.what());
      }
      case Said.Taken(JsonObject answer) -> {
        List<JsonValue> unknown =
            answer.array(TwinUpdater.UNKNOWN).orElse(JsonArray.EMPTY).values();
        for (ComponentPath path : properties.showing(carried.device(), carried.property())) {
          if (unknown.contains(TwinUpdater.named(path))) {
            throw refused(
                carried,
                "its component "
                    + path.entity()
                    + "."
                    + path.component()
                    + " is not there, or has no such property.");
          }
        }
      }
    }
  }

  private static TwinloomException refused(Carried carried, String why) {
    return Refused.of(
        FunctionsError.TWIN_REFUSES,
        "The new twin service does not take "
            + carried.device()
            + "."
            + carried.property()
            + " of "
            + carried.value().time()
            + ": "
            + why,
        FunctionsError.TWIN_REFUSES.fix());
  }
}
