package io.twinloom.functions.hot;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.hot.HotRecorder.Measured;
import io.twinloom.functions.hot.HotRecorder.Recorded;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.functions.port.StoreException;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measurements on their way into the hot store together. */
final class HotBatch {

  /** So many failures in a row are the store's, not the items'. */
  private static final int STORE_IS_DOWN = 3;

  private final HotStore store;
  private final List<Waiting> all;

  /** A measurement that has no place yet, or what became of it. */
  private static final class Waiting {
    private final Measured measured;
    private HotItem item;
    private @Nullable Recorded recorded;

    Waiting(Measured measured) {
      this.measured = measured;
      this.item = at(measured.measurement().timestamp(), measured);
    }

    private static HotItem at(String timestamp, Measured measured) {
      return HotRecorder.item(measured.measurement(), timestamp, measured.eventId());
    }

    void failed(TwinloomException why) {
      recorded = new Recorded.Failed(why);
    }

    void put(Put put) {
      switch (put) {
        case STORED, SAME -> {
          HotItem stored = item;
          recorded = new Recorded.Stored(stored.timestamp(), () -> stored);
        }
        case OCCUPIED -> moveOn();
        case THROTTLED -> failed(StoreException.throttled("hot store"));
      }
    }

    private void moveOn() {
      String next = Timestamps.plusMicros(item.timestamp(), 1);
      if (next == null) {
        failed(
            Refused.of(
                FunctionsError.MESSAGE_TIME,
                "There is no free place after " + item.timestamp() + ".",
                "Send real times."));
      } else {
        measured.invocation().count("moved-by-a-microsecond");
        item = at(next, measured);
      }
    }
  }

  HotBatch(HotStore store, List<Measured> measured) {
    this.store = store;
    this.all = measured.stream().map(Waiting::new).toList();
  }

  List<Recorded> record() {
    for (List<Waiting> open = all; !open.isEmpty(); open = open()) {
      try {
        take(open, store.putAll(open.stream().map(waiting -> waiting.item).toList()));
      } catch (StoreException e) {
        putOneByOne(open, e);
      }
    }
    List<Recorded> recorded = new ArrayList<>();
    for (Waiting waiting : all) {
      Recorded one = waiting.recorded;
      if (one != null) {
        recorded.add(one);
      }
    }
    return recorded;
  }

  private List<Waiting> open() {
    return all.stream().filter(waiting -> waiting.recorded == null).toList();
  }

  private static void take(List<Waiting> open, List<Put> puts) {
    for (int i = 0; i < puts.size(); i++) {
      open.get(i).put(puts.get(i));
    }
  }

  /** One that the store cannot take fails alone, and the others are stored. */
  private void putOneByOne(List<Waiting> open, StoreException failure) {
    if (open.size() == 1) {
      open.getFirst().failed(failure);
      return;
    }
    int failures = 0;
    int throttled = 0;
    for (Waiting waiting : open) {
      if (failures == STORE_IS_DOWN) {
        waiting.failed(failure);
        continue;
      }
      if (throttled == STORE_IS_DOWN) {
        waiting.put(Put.THROTTLED);
        continue;
      }
      try {
        Put put = store.put(waiting.item);
        waiting.put(put);
        failures = 0;
        throttled = put == Put.THROTTLED ? throttled + 1 : 0;
      } catch (StoreException e) {
        waiting.failed(e);
        failures++;
      }
    }
  }
}
